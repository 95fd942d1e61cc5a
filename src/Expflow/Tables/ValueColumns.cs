using System.Globalization;

namespace Expflow.Tables;

/// <summary>A column of whole numbers.</summary>
public sealed class IntegerColumn(string name, IReadOnlyList<long?> values) : ValueColumn<long>(name, values)
{
    /// <inheritdoc/>
    public override string Type => "integer";

    private protected override string Write(long value) => value.ToString(CultureInfo.InvariantCulture);

    private protected override Column With(IReadOnlyList<long?> values) =>
        new IntegerColumn(Name, values) { Meaning = Meaning, Unit = Unit };
}

/// <summary>A column of numbers, NaN and the infinities among them.</summary>
public sealed class NumberColumn(string name, IReadOnlyList<double?> values) : ValueColumn<double>(name, values)
{
    /// <inheritdoc/>
    public override string Type => "number";

    /// <inheritdoc/>
    public override int Compare(int row, int other)
    {
        var (a, b) = (Values[row].GetValueOrDefault(), Values[other].GetValueOrDefault());
        return double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);
    }

    private protected override string Write(double value) => NumberText.Of(value);

    private protected override Column With(IReadOnlyList<double?> values) =>
        new NumberColumn(Name, values) { Meaning = Meaning, Unit = Unit };
}

/// <summary>A column of truths; false comes before true.</summary>
public sealed class BooleanColumn(string name, IReadOnlyList<bool?> values) : ValueColumn<bool>(name, values)
{
    /// <inheritdoc/>
    public override string Type => "boolean";

    private protected override string Write(bool value) => value ? "true" : "false";

    private protected override Column With(IReadOnlyList<bool?> values) =>
        new BooleanColumn(Name, values) { Meaning = Meaning, Unit = Unit };
}

/// <summary>A column of moments, written in UTC to the millisecond: <c>2026-03-01T12:00:00.000Z</c>.</summary>
public sealed class TimestampColumn(string name, IReadOnlyList<DateTimeOffset?> values)
    : ValueColumn<DateTimeOffset>(name, values)
{
    /// <inheritdoc/>
    public override string Type => "timestamp";

    private protected override string Write(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private protected override Column With(IReadOnlyList<DateTimeOffset?> values) =>
        new TimestampColumn(Name, values) { Meaning = Meaning, Unit = Unit };
}
