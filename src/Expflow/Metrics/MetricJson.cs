using System.Buffers;
using System.Text.Json;

namespace Expflow.Metrics;

/// <summary>Reads one JSON object into a <see cref="MetricLine"/>. Wider than JSON: bare NaN and infinities, as Python's <c>json.dumps</c> writes them.</summary>
internal ref struct MetricJson
{
    private const int MaxDepth = 32;
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);
    private readonly ReadOnlySpan<byte> text;
    private readonly MetricLine line;
    private int at;

    private MetricJson(ReadOnlySpan<byte> text, MetricLine line)
    {
        this.text = text;
        this.line = line;
    }

    /// <summary>Reads an object that fills the whole text, white space apart. False when it does not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, MetricLine line)
    {
        var read = TryReadFirst(text, line);
        return read > 0 && text[read..].IndexOfAnyExcept(" \t\r\n"u8) < 0;
    }

    /// <summary>Reads the object that the text starts with and returns its length with the white space before it; 0 when there is none.</summary>
    public static int TryReadFirst(ReadOnlySpan<byte> text, MetricLine line)
    {
        line.Clear();
        var json = new MetricJson(text, line);
        json.SkipSpace();
        return json.Peek() == '{' && json.Object([], 0) ? json.at : 0;
    }

    private readonly byte Peek() => at < text.Length ? text[at] : (byte)0;

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
    }

    private bool Object(ReadOnlySpan<byte> prefix, int depth)
    {
        at++;
        SkipSpace();
        if (Peek() == '}')
            return Advance();
        while (depth < MaxDepth)
        {
            if (!String(out var key))
                return false;
            SkipSpace();
            if (Peek() != ':')
                return false;
            at++;
            SkipSpace();
            if (!Value(prefix, key, depth))
                return false;
            SkipSpace();
            if (Peek() == '}')
                return Advance();
            if (Peek() != ',')
                return false;
            at++;
            SkipSpace();
        }
        return false;
    }

    private bool Advance()
    {
        at++;
        return true;
    }

    private bool Value(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> key, int depth)
    {
        switch (Peek())
        {
            case (byte)'{':
                // A copy for each nested object; metrics are rarely nested, and never deep.
                byte[] inner = [.. prefix, .. key, (byte)'.'];
                return Object(inner, depth + 1);
            case (byte)'[':
                return Skip(depth + 1);
            case (byte)'"':
                return String(out var word) && (!MetricNumber.TryWord(word, out var value) || Take(prefix, key, value));
            default:
                return Scalar(prefix, key);
        }
    }

    private bool Scalar(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> key)
    {
        var token = Token();
        if (
            token is []
            || token.SequenceEqual("true"u8)
            || token.SequenceEqual("false"u8)
            || token.SequenceEqual("null"u8)
        )
            return token is not [];
        if (prefix.IsEmpty && key.SequenceEqual("step"u8))
        {
            var good = MetricNumber.TryStep(token, out var step);
            line.Step = step;
            return good;
        }
        return MetricNumber.TryParse(token, out var value) && Take(prefix, key, value);
    }

    private readonly bool Take(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> key, double value)
    {
        if (!prefix.IsEmpty)
            line.Add([.. prefix, .. key], value);
        else if (key.SequenceEqual("step"u8))
            return false;
        else if (!key.SequenceEqual("time"u8) && !key.SequenceEqual("timestamp"u8))
            line.Add(key, value);
        return true;
    }

    private ReadOnlySpan<byte> Token()
    {
        var start = at;
        while (
            at < text.Length
            && text[at]
                is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        )
            at++;
        return text[start..at];
    }

    // Arrays are no metrics: passed over, brackets counted outside strings.
    private bool Skip(int depth)
    {
        var open = 0;
        while (at < text.Length && open + depth < 1000)
        {
            var b = text[at];
            if (b == '"')
            {
                if (!String(out _))
                    return false;
                continue;
            }
            at++;
            open +=
                b is (byte)'[' or (byte)'{' ? 1
                : b is (byte)']' or (byte)'}' ? -1
                : 0;
            if (open == 0)
                return true;
        }
        return false;
    }

    private bool String(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (Peek() != '"')
            return false;
        var start = at + 1;
        var scan = start;
        while (true)
        {
            var end = text[scan..].IndexOfAny(StringEnds);
            if (end < 0)
                return false;
            scan += end;
            if (text[scan] == '"')
                break;
            scan += 2;
            if (scan > text.Length)
                return false;
        }
        at = scan + 1;
        value = text[start..scan];
        return !value.Contains((byte)'\\') || Unescape(text[(start - 1)..at], out value);
    }

    private static bool Unescape(ReadOnlySpan<byte> quoted, out ReadOnlySpan<byte> value)
    {
        value = default;
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            var copy = new byte[quoted.Length];
            value = copy.AsSpan(0, reader.CopyString(copy));
            return true;
        }
        // The reader says so when an escape is not one; half a surrogate pair is an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
