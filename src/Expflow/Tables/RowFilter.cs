using Expflow.Problems;

namespace Expflow.Tables;

/// <summary>A condition on the rows of a table, as <c>--where</c> takes it: <c>lr &gt;= 0.1 and (dataset == hcrl_sa or not dirty)</c>.</summary>
/// <remarks>Comparisons are ==, =, !=, &lt;, &lt;=, &gt;, &gt;= between a column and a number, a word or a text in quotes; the word <c>missing</c> stands for no value. Nothing but != holds of a missing value.</remarks>
public abstract record RowFilter
{
    private RowFilter() { }

    /// <summary>Reads a condition; problems show the place with a caret.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="table">The table that must have the columns.</param>
    public static Checked<RowFilter> Parse(string text, Table table) => new RowFilterParser(text, table).Parse();

    /// <summary>Whether the row fulfils the condition.</summary>
    public abstract bool Matches(Table table, int row);

    /// <summary>Both must hold.</summary>
    public sealed record Both(RowFilter Left, RowFilter Right) : RowFilter
    {
        /// <inheritdoc/>
        public override bool Matches(Table table, int row) => Left.Matches(table, row) && Right.Matches(table, row);
    }

    /// <summary>One must hold.</summary>
    public sealed record Either(RowFilter Left, RowFilter Right) : RowFilter
    {
        /// <inheritdoc/>
        public override bool Matches(Table table, int row) => Left.Matches(table, row) || Right.Matches(table, row);
    }

    /// <summary>Must not hold.</summary>
    public sealed record Negated(RowFilter Inner) : RowFilter
    {
        /// <inheritdoc/>
        public override bool Matches(Table table, int row) => !Inner.Matches(table, row);
    }

    /// <summary>The column compares so with the value.</summary>
    public sealed record Compare(string Column, Comparison How, FilterValue Value) : RowFilter
    {
        /// <inheritdoc/>
        public override bool Matches(Table table, int row) =>
            table.Find(Column) is { } column && Value.Matches(column, row, How);
    }
}

/// <summary>How a column compares with a value.</summary>
public enum Comparison
{
    /// <summary>==</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,
}
