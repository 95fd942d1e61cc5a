using System.Buffers.Binary;
using Expflow.Plots;
using SkiaSharp;
using Xunit;

namespace Expflow.Tests.Plots;

public sealed class ChartPngTests
{
    [Fact]
    public void A_png_has_two_dots_for_each_pixel_asked_for()
    {
        var png = ChartFile.Png(Charts.Grid(), new ChartSize(400, 300));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(800, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(600, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void A_curve_is_seen_in_its_colour()
    {
        using var picture = SKBitmap.Decode(ChartFile.Png(Charts.Of(Charts.Curve("a", 1, 2)), ChartSize.Default));
        Assert.Contains(SKColor.Parse("#0072B2"), picture.Pixels);
        Assert.Equal(SKColors.White, picture.GetPixel(1, 1));
    }

    [Fact]
    public void The_same_chart_gives_the_same_bytes()
    {
        foreach (var chart in Charts.All())
        {
            Assert.Equal(ChartFile.Png(chart, ChartSize.Default), ChartFile.Png(chart, ChartSize.Default));
            Assert.Equal(ChartFile.Svg(chart, ChartSize.Default), ChartFile.Svg(chart, ChartSize.Default));
        }
    }

    public static TheoryData<double[]> AwkwardValues =>
        [
            new double[] { 1 },
            new double[] { 0, 0, 0 },
            new double[] { 5, 5 },
            new double[] { 1e-320, 2e-320 },
            new double[] { -1e308, 1e308 },
            new double[] { 1e300, 1 },
            new double[] { double.NaN, 1, double.NaN },
            new double[] { double.NegativeInfinity, 1, 2 },
            new double[] { 1e15, 1e15 + 1 },
            new double[] { -3, 0, 3 },
        ];

    [Theory]
    [MemberData(nameof(AwkwardValues))]
    public void Awkward_values_are_drawn_on_both_kinds_of_axis(double[] values)
    {
        var chart = Charts.Of(Charts.Curve("a", values));
        foreach (var logY in new[] { false, true })
            Assert.NotEmpty(ChartFile.Png(chart with { LogX = logY, LogY = logY }, new ChartSize(200, 150)));
    }
}
