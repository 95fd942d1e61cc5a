namespace Expflow.Tables;

/// <summary>One column of a table: values of one type, any of which may be missing. Exactly one of <see cref="TextColumn"/>, <see cref="IntegerColumn"/>, <see cref="NumberColumn"/>, <see cref="BooleanColumn"/> and <see cref="TimestampColumn"/>.</summary>
public abstract class Column
{
    private protected Column(string name)
    {
        Name = name;
    }

    /// <summary>The name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>The type as the data dictionary writes it: text, integer, number, boolean or timestamp.</summary>
    public abstract string Type { get; }

    /// <summary>What the values mean, for the data dictionary.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>The unit of the values, or empty where they have none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How many rows there are.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The value as it is exported, shortest and exact; null when it is missing.</summary>
    public abstract string? Text(int row);

    /// <summary>Orders two rows that both have values. NaN stands behind all numbers.</summary>
    public abstract int Compare(int row, int other);

    /// <summary>A column of these rows in this order.</summary>
    public abstract Column Pick(ReadOnlySpan<int> rows);

    /// <summary>Whether two rows are equal; two missing values are.</summary>
    public bool SameValue(int row, int other) =>
        IsMissing(row) || IsMissing(other) ? IsMissing(row) == IsMissing(other) : Compare(row, other) == 0;
}
