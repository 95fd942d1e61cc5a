namespace Expflow.Tables;

/// <summary>A column of values of a value type; null is missing.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class ValueColumn<T> : Column
    where T : struct, IComparable<T>
{
    private protected ValueColumn(string name, IReadOnlyList<T?> values)
        : base(name)
    {
        Values = values;
    }

    /// <summary>The values; null is missing.</summary>
    public IReadOnlyList<T?> Values { get; }

    /// <inheritdoc/>
    public override int Count => Values.Count;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] is null;

    /// <inheritdoc/>
    public override string? Text(int row) => Values[row] is { } value ? Write(value) : null;

    /// <inheritdoc/>
    public override int Compare(int row, int other) =>
        Values[row].GetValueOrDefault().CompareTo(Values[other].GetValueOrDefault());

    /// <inheritdoc/>
    public override Column Pick(ReadOnlySpan<int> rows)
    {
        var picked = new T?[rows.Length];
        for (var i = 0; i < picked.Length; i++)
            picked[i] = Values[rows[i]];
        return With(picked);
    }

    private protected abstract string Write(T value);

    private protected abstract Column With(IReadOnlyList<T?> values);
}
