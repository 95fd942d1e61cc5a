using System.Buffers.Text;
using System.Globalization;
using System.Text;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>
/// Word vectors as text (.vec, .txt): a word and its numbers a line, before them a line with rows and dimension (word2vec, fastText)
/// or none (GloVe).
/// </summary>
internal static class TextFormat
{
    private const int FloatsAtOnce = 1 << 16;

    public static VectorSet Open(ByteRegion bytes, string path)
    {
        var first = LineAt(bytes, 0, path);
        var header = Header(first);
        var start = header is null ? 0 : first.Length + 1L;
        var dimension = header?.Dimension ?? Fields(first) - 1;
        SizeProblem.RequireDimension(path, dimension);
        var step = Math.Max(1, FloatsAtOnce / (int)dimension);
        var (offsets, rows) = Index(bytes, start, step);
        if (header is not null && header.Value.Rows != rows)
            throw new BadInputException(
                $"'{path}': the first line says {header.Value.Rows} rows; {rows} follow. The file was cut off or is damaged."
            );
        if (rows == 0)
            throw new BadInputException($"'{path}' holds no rows.");
        var starts = new long[offsets.Count];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = Math.Min(rows, (long)i * step);
        var vectors = new TextVectors(path, bytes, [.. offsets], starts, (int)dimension);
        // Anything may be called .txt: its first row shows whether it is this.
        vectors.Try();
        return vectors;
    }

    /// <summary>A line without its end.</summary>
    internal static ReadOnlySpan<byte> LineAt(ByteRegion bytes, long at, string path)
    {
        const int MostLineBytes = 64 << 20;
        var room = bytes.Span(at, (int)Math.Min(MostLineBytes, bytes.Length - at));
        var end = room.IndexOf((byte)'\n');
        if (end < 0 && room.Length == MostLineBytes)
            throw new BadInputException(
                $"'{path}': the line at byte {at} is longer than {ByteText.Of(MostLineBytes)}: no text."
            );
        return end < 0 ? room : room[..end];
    }

    private static (long Rows, long Dimension)? Header(ReadOnlySpan<byte> line)
    {
        var trimmed = line.TrimEnd(" \r\t"u8);
        return
            Utf8Parser.TryParse(trimmed, out long rows, out var used)
            && used < trimmed.Length
            && trimmed[used] == ' '
            && Utf8Parser.TryParse(trimmed[(used + 1)..], out long dimension, out var more)
            && used + 1 + more == trimmed.Length
            ? (rows, dimension)
            : null;
    }

    private static long Fields(ReadOnlySpan<byte> line)
    {
        var count = 0;
        foreach (var part in line.TrimEnd(" \r\t"u8).SplitAny((byte)' ', (byte)'\t'))
            count++;
        return count;
    }

    /// <summary>Where every so-many-th line begins, the end of the last, and how many there are.</summary>
    private static (List<long> Offsets, long Rows) Index(ByteRegion bytes, long start, int step)
    {
        const int Window = 1 << 24;
        var offsets = new List<long> { start };
        long rows = 0;
        var end = bytes.Length;
        for (var at = start; at < end; )
        {
            var window = bytes.Span(at, (int)Math.Min(Window, end - at));
            for (var from = 0; ; )
            {
                var found = window[from..].IndexOf((byte)'\n');
                if (found < 0)
                    break;
                from += found + 1;
                rows++;
                if (rows % step == 0)
                    offsets.Add(at + from);
            }
            at += window.Length;
        }
        if (end > start && bytes.Span(end - 1, 1)[0] != (byte)'\n')
            rows++;
        if (rows % step != 0 || offsets.Count == 1)
            offsets.Add(end);
        return (offsets, rows);
    }
}

/// <summary>Rows of text, parsed a block at a time.</summary>
internal sealed class TextVectors(string path, ByteRegion bytes, long[] offsets, long[] starts, int dimension)
    : BlockVectors(path, starts, dimension)
{
    public override ElementType Element => ElementType.Text;

    /// <summary>Parses the first row, or refuses.</summary>
    public void Try() => Parse(TextFormat.LineAt(bytes, offsets[0], Origin), 0, new float[Dimension]);

    protected override void Decode(int block, long first, Span<float> rows)
    {
        var at = offsets[block];
        for (var i = 0; i < rows.Length; i += Dimension)
        {
            var line = TextFormat.LineAt(bytes, at, Origin);
            Parse(line, first + (i / Dimension), rows.Slice(i, Dimension));
            at += line.Length + 1;
        }
    }

    protected override void Dispose(bool disposing)
    {
        bytes.Dispose();
        base.Dispose(disposing);
    }

    // From the end: a word may have blanks in it.
    private void Parse(ReadOnlySpan<byte> line, long row, Span<float> values)
    {
        var rest = line.TrimEnd(" \r\t"u8);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var blank = rest.LastIndexOfAny((byte)' ', (byte)'\t');
            var field = rest[(blank + 1)..];
            if (blank < 0)
                throw Wrong(row, $"has fewer than {Dimension} numbers behind its word");
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw Wrong(row, $"has '{Shown(field)}' where a number should be");
            rest = rest[..blank];
        }
        var last = rest.LastIndexOfAny((byte)' ', (byte)'\t');
        if (last > 0 && float.TryParse(rest[(last + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw Wrong(row, $"has more than {Dimension} numbers behind its word");
    }

    private BadInputException Wrong(long row, string what) =>
        new(
            $"'{Origin}': row {row} (counted from 0) {what}. It was cut off, is damaged, or is no text of word vectors."
        );

    private static string Shown(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field[..Math.Min(40, field.Length)]);
}
