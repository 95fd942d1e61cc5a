using System.Globalization;
using System.Text;
using Expflow.Metrics;

namespace Expflow.Tables;

/// <summary>The value on the right of a comparison.</summary>
/// <param name="Text">As it was written, without quotes.</param>
/// <param name="Quoted">It stood in quotes, and is a text whatever it looks like.</param>
public sealed record FilterValue(string Text, bool Quoted)
{
    private readonly double? number =
        !Quoted && MetricNumber.TryParse(Encoding.UTF8.GetBytes(Text), out var value) ? value : null;

    private bool IsMissing => !Quoted && Text == "missing";

    /// <summary>Whether values of this column can be compared with it.</summary>
    internal bool Fits(Column column) =>
        IsMissing
        || column switch
        {
            IntegerColumn or NumberColumn => number is not null,
            BooleanColumn => Text is "true" or "false",
            TimestampColumn => TryMoment(out _),
            _ => true,
        };

    /// <summary>Whether the row's value compares so.</summary>
    internal bool Matches(Column column, int row, Comparison how)
    {
        if (IsMissing || column.IsMissing(row))
            return how == Comparison.NotEqual
                ? IsMissing != column.IsMissing(row)
                : how == Comparison.Equal && IsMissing && column.IsMissing(row);
        return column switch
        {
            IntegerColumn whole => Holds(whole.Values[row].GetValueOrDefault(), number.GetValueOrDefault(), how),
            NumberColumn numbers => Holds(numbers.Values[row].GetValueOrDefault(), number.GetValueOrDefault(), how),
            BooleanColumn truths => Holds(truths.Values[row].GetValueOrDefault().CompareTo(Text == "true"), how),
            TimestampColumn times => TryMoment(out var moment)
                && Holds(times.Values[row].GetValueOrDefault().CompareTo(moment), how),
            _ => TextHolds(column.Text(row)!, how),
        };
    }

    // A column of mixed values is text; a number in it is still a number to a number.
    private bool TextHolds(string text, Comparison how) =>
        number is { } mine && MetricNumber.TryParse(Encoding.UTF8.GetBytes(text), out var value)
            ? Holds(value, mine, how)
            : Holds(string.CompareOrdinal(text, Text), how);

    // 'loss == nan' finds NaN, and nothing is smaller or larger than NaN.
    private static bool Holds(double value, double other, Comparison how) =>
        double.IsNaN(value) || double.IsNaN(other)
            ? how switch
            {
                Comparison.Equal => double.IsNaN(value) && double.IsNaN(other),
                Comparison.NotEqual => !(double.IsNaN(value) && double.IsNaN(other)),
                _ => false,
            }
            : Holds(value.CompareTo(other), how);

    private static bool Holds(int order, Comparison how) =>
        how switch
        {
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };

    private bool TryMoment(out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
