using System.Text;

namespace Expflow.Metrics;

/// <summary>One JSON object a line. A line without a step has its place in the file as its step, counted from 0.</summary>
internal sealed class JsonLinesReader(string file, MetricNames names) : MetricReader(file, names)
{
    private protected override void ReadLine(ReadOnlySpan<byte> line, MetricSink sink)
    {
        if (MetricJson.TryRead(line, Line))
            Line.Send(Lines - 1, sink);
        else if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0)
            Fault(
                $"'{Shorten(line)}' is no JSON object with a whole number as 'step'. Write one object a line: {{\"step\": 3, \"loss\": 0.21}}."
            );
    }

    internal static string Shorten(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 60)]);
        return line.Length > 60 ? text + "…" : text;
    }
}
