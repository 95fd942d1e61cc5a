using CsCheck;
using Expflow.Metrics;
using Xunit;

namespace Expflow.Tests.Metrics;

public sealed class AnyBytesTests
{
    private static readonly MetricFormat[] Formats =
    [
        new MetricFormat.JsonLines(),
        new MetricFormat.Json(),
        new MetricFormat.Csv(),
        new MetricFormat.Output(
            MetricPattern.Parse(@"(?<step>\d+)[, :]+(?<loss>\S+)").TryGet(out var pattern)
                ? pattern
                : throw new InvalidOperationException()
        ),
    ];

    // Pieces that the readers look for, and bytes that nobody expects.
    private static readonly Gen<byte[]> Text = Gen.OneOf(
            Gen.OneOf([
                    .. new[]
                    {
                        "{\"step\": 1, \"a\": 0.5}\n",
                        "{\"a\":",
                        "\"",
                        "\\",
                        "\\u00",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "\n",
                        "\r",
                        "1",
                        "-",
                        ".",
                        "e9",
                        "NaN",
                        "step,a\n",
                        "\u001b[",
                        "m",
                        "é",
                    }.Select(Gen.Const),
                ])
                .Select(System.Text.Encoding.UTF8.GetBytes),
            Gen.Byte.Array[0, 4]
        )
        .Array[0, 40]
        .Select(parts => parts.SelectMany(part => part).ToArray());

    [Fact]
    public void No_bytes_break_a_reader_and_cuts_change_nothing() =>
        Gen.Select(Text, Gen.Int[0, Formats.Length - 1], Gen.Int[1, 20])
            .Sample(
                (bytes, format, piece) =>
                    Assert.Equal(
                        Read(Formats[format], bytes, Math.Max(bytes.Length, 1)),
                        Read(Formats[format], bytes, piece)
                    ),
                iter: 5000
            );

    private static string Read(MetricFormat format, byte[] bytes, int piece)
    {
        var values = new List<string>();
        var reader = MetricReader.For(format, "any", new MetricNames());
        var sink = ReadMetrics.Into(values, reader.Names);
        var taken = 0;
        for (var end = piece; end < bytes.Length; end += piece)
            taken += reader.Read(bytes.AsSpan(taken, end - taken), complete: false, sink);
        reader.Read(bytes.AsSpan(taken), complete: true, sink);
        return $"{string.Join(' ', values)} {reader.Lines} {reader.Invalid}";
    }
}
