using System.Globalization;
using VectorQuantization.Problems;

namespace VectorQuantization.Benchmarks;

/// <summary>Where training rows or queries come from.</summary>
public abstract record RowSource
{
    private RowSource() { }

    /// <summary>Rows that are taken out of the base, from its end: base, queries and training set then share no row.</summary>
    /// <param name="Rows">How many, or null for the default.</param>
    public sealed record HeldOut(long? Rows) : RowSource;

    /// <summary>Rows that stay in the base, from its beginning: what old benchmarks did. It flatters, and must be asked for.</summary>
    /// <param name="Rows">How many, or null for the default.</param>
    public sealed record OfBase(long? Rows) : RowSource;

    /// <summary>Another set: a file, or what a data set brings along.</summary>
    /// <param name="Path">A path, or null for the set that came with the data set.</param>
    public sealed record Own(string? Path) : RowSource;

    /// <summary>Reads <c>last</c>, <c>last:1000</c>, <c>base</c>, <c>base:100</c> or a path.</summary>
    /// <param name="option">The option's name, for the message.</param>
    /// <param name="text">What the user wrote.</param>
    /// <exception cref="BadInputException">The number of rows is not one.</exception>
    public static RowSource Parse(string option, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? text : text[..colon];
        if (word is not ("last" or "base"))
            return new Own(text);
        long? rows = null;
        if (colon >= 0)
        {
            if (!long.TryParse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var number) || number <= 0)
                throw new BadInputException(
                    $"'{option} {text}': '{text[(colon + 1)..]}' is no number of rows. Write '{word}:1000', or '{word}' for the default."
                );
            rows = number;
        }
        return word == "last" ? new HeldOut(rows) : new OfBase(rows);
    }
}
