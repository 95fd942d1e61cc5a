using System.Buffers;
using System.Text;

namespace Expflow.Templates;

/// <summary>Makes the shell (POSIX, section 2.2 "Quoting") see a value as it is.</summary>
public static class ShellQuoting
{
    // Python's shlex.quote uses the same set.
    private static readonly SearchValues<char> Safe = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"
    );

    /// <summary>A word of its own: as it is where nothing in it is special, otherwise in single quotes.</summary>
    public static string Word(string value) =>
        value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Safe)
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The value at a point where the shell is in the middle of quotes.</summary>
    public static string Within(string value, QuoteState quotes) =>
        quotes switch
        {
            QuoteState.Single => value.Replace("'", "'\\''", StringComparison.Ordinal),
            QuoteState.Double => Backslashed(value, "\\\"$`"),
            QuoteState.Escaped => $"'{Word(value)}$'",
            QuoteState.HereDocument => Backslashed(value, "\\$`"),
            QuoteState.QuotedHereDocument => value,
            _ => Word(value),
        };

    private static string Backslashed(string value, string special)
    {
        if (value.AsSpan().IndexOfAny(special) < 0)
            return value;
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value)
            text.Append(special.Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
        return text.ToString();
    }
}
