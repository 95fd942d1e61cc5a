using Expflow.Plots;
using SkiaSharp;
using Xunit;

namespace Expflow.Tests.Plots;

public sealed class ThinLineTests
{
    private static (SKPoint[] Path, IReadOnlyList<SKPoint> Lone) Draw(params SKPoint[] points)
    {
        using var path = new SKPath();
        var line = new ThinLine(path);
        foreach (var point in points)
            line.Add(point);
        line.Break();
        return (path.Points, line.Lone);
    }

    [Fact]
    public void Points_in_columns_of_their_own_stay()
    {
        SKPoint[] points = [new(0, 1), new(1, 5), new(2, 3)];
        Assert.Equal(points, Draw(points).Path);
    }

    [Fact]
    public void Of_one_column_first_lowest_highest_and_last_stay_in_their_order()
    {
        var (path, _) = Draw(
            new(0, 4),
            new(0.1f, 9),
            new(0.2f, 5),
            new(0.3f, 1),
            new(0.35f, 3),
            new(0.4f, 4.5f),
            new(7, 7)
        );
        Assert.Equal([new(0, 4), new(0.1f, 9), new(0.3f, 1), new(0.4f, 4.5f), new(7, 7)], path);
    }

    [Fact]
    public void A_point_between_two_gaps_is_told_apart()
    {
        var gap = new SKPoint(0, float.NaN);
        Assert.Equal([new SKPoint(5, 5)], Draw(new(1, 1), new(2, 2), gap, new(5, 5), gap, gap).Lone);
    }

    [Fact]
    public void The_highest_and_lowest_of_many_points_are_never_lost()
    {
        var random = new Random(1);
        var points = Enumerable
            .Range(0, 20_000)
            .Select(i => new SKPoint(i / 200f, random.NextSingle() * 400))
            .ToArray();
        var (path, _) = Draw(points);
        Assert.InRange(path.Length, 200, 4 * 201);
        Assert.Equal(points.Max(point => point.Y), path.Max(point => point.Y));
        Assert.Equal(points.Min(point => point.Y), path.Min(point => point.Y));
    }
}
