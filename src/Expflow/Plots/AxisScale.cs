namespace Expflow.Plots;

/// <summary>One axis: linear or log10, and the range that all drawn values span.</summary>
internal sealed class AxisScale(bool log)
{
    // Beyond this a range of doubles overflows; no metric that means anything is out there.
    private const double Largest = 1e300;

    /// <summary>Whether positions are log10 of values.</summary>
    internal bool Log { get; } = log;

    /// <summary>The lowest position seen; positive infinity before the first.</summary>
    internal double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>The highest position seen; negative infinity before the first.</summary>
    internal double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether all values seen are whole numbers, so that ticks between them would make no sense.</summary>
    internal bool Whole { get; private set; } = true;

    internal bool IsEmpty => Min > Max;

    /// <summary>Where a value stands on the axis; NaN when it can't be drawn.</summary>
    internal double Position(double value)
    {
        if (!(Math.Abs(value) <= Largest))
            return double.NaN;
        if (!Log)
            return value;
        return value > 0 ? Math.Log10(value) : double.NaN;
    }

    /// <summary>Widens the range to hold the value, if it can be drawn.</summary>
    internal void Include(double value)
    {
        var position = Position(value);
        if (double.IsNaN(position))
            return;
        Min = Math.Min(Min, position);
        Max = Math.Max(Max, position);
        Whole = Whole && value == Math.Floor(value);
    }

    /// <summary>The range to show, with a margin (a share of the span) at both ends; never of zero width.</summary>
    internal (double Low, double High) Range(double margin)
    {
        var span = Max - Min;
        if (span <= 1e-12 * Math.Max(Math.Abs(Min), Math.Abs(Max)))
        {
            var half = Log || Min == 0 ? 0.5 : Math.Abs(Min) * 0.1;
            return (Min - half, Max + half);
        }
        return (Min - span * margin, Max + span * margin);
    }
}
