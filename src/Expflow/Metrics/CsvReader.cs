namespace Expflow.Metrics;

/// <summary>A table with a header. Cells that are no numbers are passed over; a row that has more or fewer cells than the header is counted as invalid.</summary>
internal sealed class CsvReader(string file, MetricNames names, string stepColumn) : MetricReader(file, names)
{
    private const int Ignored = -1;
    private const int Step = -2;
    private readonly List<int> columns = [];
    private byte separator = (byte)',';
    private long rows;

    // A quoted cell may hold line ends: the row ends at the first one outside quotes.
    private protected override int LineLength(ReadOnlySpan<byte> bytes, bool complete)
    {
        var end = bytes.IndexOf((byte)'\n');
        var from = 0;
        var quotes = 0;
        while (end >= 0)
        {
            quotes += bytes[from..end].Count((byte)'"');
            if (quotes % 2 == 0)
                return end;
            from = end;
            var next = bytes[(end + 1)..].IndexOf((byte)'\n');
            end = next < 0 ? -1 : end + 1 + next;
        }
        return -1;
    }

    private protected override void ReadLine(ReadOnlySpan<byte> line, MetricSink sink)
    {
        if (columns.Count == 0)
            ReadHeader(line);
        else if (ReadRow(line))
            Line.Send(rows++, sink);
        else
            Fault(
                $"'{JsonLinesReader.Shorten(line)}' does not fit the header of {columns.Count} columns. Write one cell for each column, and whole numbers as '{stepColumn}'."
            );
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (!line.Contains(separator))
            separator =
                line.Contains((byte)'\t') ? (byte)'\t'
                : line.Contains((byte)';') ? (byte)';'
                : separator;
        var more = true;
        while (more)
        {
            var name = Cell(ref line, out more);
            columns.Add(Column(name));
        }
    }

    private int Column(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(stepColumn)))
            return Step;
        return name.IsEmpty || name.SequenceEqual("time"u8) || name.SequenceEqual("timestamp"u8)
            ? Ignored
            : Names.Number(name);
    }

    private bool ReadRow(ReadOnlySpan<byte> line)
    {
        Line.Clear();
        var more = true;
        var column = 0;
        for (; more && column < columns.Count; column++)
        {
            var cell = Cell(ref line, out more);
            if (columns[column] == Step)
            {
                if (!MetricNumber.TryStep(cell, out var step))
                    return false;
                Line.Step = step;
            }
            else if (columns[column] != Ignored && MetricNumber.TryParse(cell, out var value))
            {
                Line.Add(columns[column], value);
            }
        }
        return !more && column == columns.Count;
    }

    private ReadOnlySpan<byte> Cell(ref ReadOnlySpan<byte> line, out bool more)
    {
        if (line is [(byte)'"', ..])
            return QuotedCell(ref line, out more);
        var end = line.IndexOf(separator);
        more = end >= 0;
        var cell = more ? line[..end] : line;
        line = more ? line[(end + 1)..] : [];
        return cell.Trim((byte)' ');
    }

    private ReadOnlySpan<byte> QuotedCell(ref ReadOnlySpan<byte> line, out bool more)
    {
        var cell = new List<byte>();
        var at = 1;
        for (; at < line.Length; at++)
        {
            if (line[at] == '"' && (at + 1 >= line.Length || line[at + 1] != '"'))
                break;
            if (line[at] == '"')
                at++;
            cell.Add(line[at]);
        }
        at = Math.Min(at + 1, line.Length);
        more = at < line.Length && line[at] == separator;
        line = more ? line[(at + 1)..] : [];
        return cell.ToArray();
    }
}
