namespace Expflow.Tables;

/// <summary>A column of texts, ordered by their characters' numbers.</summary>
public sealed class TextColumn(string name, IReadOnlyList<string?> values) : Column(name)
{
    /// <summary>The values; null is missing.</summary>
    public IReadOnlyList<string?> Values => values;

    /// <inheritdoc/>
    public override string Type => "text";

    /// <inheritdoc/>
    public override int Count => values.Count;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => values[row] is null;

    /// <inheritdoc/>
    public override string? Text(int row) => values[row];

    /// <inheritdoc/>
    public override int Compare(int row, int other) => string.CompareOrdinal(values[row], values[other]);

    /// <inheritdoc/>
    public override Column Pick(ReadOnlySpan<int> rows)
    {
        var picked = new string?[rows.Length];
        for (var i = 0; i < picked.Length; i++)
            picked[i] = values[rows[i]];
        return new TextColumn(Name, picked) { Meaning = Meaning, Unit = Unit };
    }
}
