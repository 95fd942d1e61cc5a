using System.Globalization;

namespace Expflow.Tables;

/// <summary>Numbers as exports write them: the shortest decimal that reads back as the same double, with <c>nan</c>, <c>inf</c> and <c>-inf</c>.</summary>
public static class NumberText
{
    /// <summary>The text of a number.</summary>
    public static string Of(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : Word(value);

    /// <summary>Writes the text of a number as UTF-8 and returns its length, at most 32.</summary>
    public static int Write(double value, Span<byte> utf8)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(utf8, out var written, default, CultureInfo.InvariantCulture);
            return written;
        }
        return System.Text.Encoding.UTF8.GetBytes(Word(value), utf8);
    }

    private static string Word(double value) =>
        double.IsNaN(value) ? "nan"
        : value > 0 ? "inf"
        : "-inf";
}
