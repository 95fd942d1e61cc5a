namespace Expflow.Metrics;

/// <summary>One JSON object, or an array of them, read once when the file is complete. Objects without a step count from 0.</summary>
internal sealed class JsonReader(string file, MetricNames names) : MetricReader(file, names)
{
    /// <inheritdoc/>
    public override int Read(ReadOnlySpan<byte> bytes, bool complete, MetricSink sink)
    {
        if (!complete)
            return 0;
        var rest = Space(bytes);
        var array = rest is [(byte)'[', ..];
        if (array)
            rest = Space(rest[1..]);
        long objects = 0;
        while (rest is not [] && !(array && rest[0] == ']'))
        {
            var length = MetricJson.TryReadFirst(rest, Line);
            if (length == 0)
            {
                Fault(
                    $"'{JsonLinesReader.Shorten(rest)}' is no JSON object of metrics. Write one object, or an array of objects."
                );
                break;
            }
            Line.Send(objects++, sink);
            rest = Space(rest[length..]);
            if (array && rest is [(byte)',', ..])
                rest = Space(rest[1..]);
        }
        return bytes.Length;
    }

    private protected override void ReadLine(ReadOnlySpan<byte> line, MetricSink sink) =>
        throw new System.Diagnostics.UnreachableException();

    private static ReadOnlySpan<byte> Space(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8);
}
