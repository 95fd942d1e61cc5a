using System.Globalization;
using System.Text;

namespace Expflow.Metrics;

/// <summary>Numbers as programs write them.</summary>
public static class MetricNumber
{
    private static readonly double[] PowersOfTen =
    [
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e21,
        1e22,
    ];

    /// <summary>Reads a number or one of the words for NaN and the infinities; spaces around it are not allowed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (TryShort(text, out value))
            return true;
        if (text.Length > 0 && (text[^1] | 0x20) is not (>= (byte)'a' and <= (byte)'z'))
            return double.TryParse(
                text,
                NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out value
            );
        return TryWord(text, out value);
    }

    /// <summary>Reads <c>nan</c>, <c>inf</c> or <c>infinity</c> in any case, with or without a sign.</summary>
    public static bool TryWord(ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        if (text.Length is < 3 or > 9)
            return false;
        var negative = text[0] == '-';
        var word = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(word, "nan"u8))
            return true;
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
    }

    /// <summary>Reads a step: a whole number, <c>3.0</c> and <c>1e3</c> included, that a double holds exactly.</summary>
    public static bool TryStep(ReadOnlySpan<byte> text, out long step)
    {
        step = 0;
        if (!TryParse(text, out var value) || Math.Abs(value) > 1L << 53 || value != Math.Floor(value))
            return false;
        step = (long)value;
        return true;
    }

    // Plain decimals of at most 15 digits are exact in one division of two exact doubles
    // (W. D. Clinger, How to read floating point numbers accurately, 1990).
    private static bool TryShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length == start || text.Length - start > 16)
            return false;
        long digits = 0;
        var point = -1;
        for (var i = start; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
                digits = digits * 10 + digit;
            else if (text[i] == '.' && point < 0 && i > start && i < text.Length - 1)
                point = i;
            else
                return false;
        }
        if (digits > 1L << 53)
            return false;
        value = point < 0 ? digits : digits / PowersOfTen[text.Length - 1 - point];
        value = start == 1 ? -value : value;
        return true;
    }
}
