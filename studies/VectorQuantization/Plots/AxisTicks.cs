using System.Globalization;
using ScottPlot;

namespace VectorQuantization.Plots;

/// <summary>Ticks at round values, on linear and logarithmic axes.</summary>
internal sealed class AxisTicks(FigureAxis axis, float spacing) : ITickGenerator
{
    // Beyond these, labels at 2 and 5 run together.
    private const double MostDecadesInDetail = 3.2;

    private static readonly double[] Steps = [1, 2, 5, 10];

    public Tick[] Ticks { get; set; } = [];

    public int MaxTickCount { get; set; } = 1000;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        var most = Math.Clamp((int)(size.Length / spacing), 2, 12);
        Ticks = axis switch
        {
            { Log: true, Binary: true } when range.Span > Math.Log10(2) => Powers(range),
            { Log: true } => Decades(range, most),
            _ => Linear(range.Min, range.Max, most),
        };
    }

    /// <summary>As it stands on an axis: <c>0.001</c>, <c>20,000</c>, <c>1e−7</c>.</summary>
    internal static string Number(double value)
    {
        var text = Math.Abs(value) is >= 1e7 or (> 0 and < 1e-4)
            ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
            : value.ToString("#,0.######", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    private static Tick[] Powers(CoordinateRange range)
    {
        var (first, last) = (Math.Ceiling(range.Min / Math.Log10(2)), Math.Floor(range.Max / Math.Log10(2)));
        return
        [
            .. Enumerable
                .Range((int)first, (int)(last - first) + 1)
                .Select(power => Tick.Major(power * Math.Log10(2), Number(Math.Pow(2, power)))),
        ];
    }

    private static Tick[] Decades(CoordinateRange range, int most)
    {
        if (range.Span < 0.7)
            return
            [
                .. Linear(Math.Pow(10, range.Min), Math.Pow(10, range.Max), most)
                    .Where(tick => tick.Position > 0)
                    .Select(tick => Tick.Major(Math.Log10(tick.Position), tick.Label)),
            ];
        var (first, last) = ((int)Math.Floor(range.Min), (int)Math.Ceiling(range.Max));
        var between = range.Span < MostDecadesInDetail;
        return
        [
            .. Enumerable
                .Range(first, last - first + 1)
                .SelectMany(decade => InDecade(decade, between))
                .Where(tick => tick.Position >= range.Min && tick.Position <= range.Max),
        ];
    }

    private static IEnumerable<Tick> InDecade(int decade, bool between)
    {
        for (var digit = 1; digit <= 9; digit++)
        {
            var position = decade + Math.Log10(digit);
            yield return digit == 1 || (between && digit is 2 or 5)
                ? Tick.Major(position, Number(digit * Math.Pow(10, decade)))
                : Tick.Minor(position);
        }
    }

    private static Tick[] Linear(double low, double high, int most)
    {
        var rough = (high - low) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Steps.Select(factor => factor * power).First(step => step >= rough * 0.999);
        var (first, last) = ((long)Math.Ceiling(low / step - 1e-9), (long)Math.Floor(high / step + 1e-9));
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        return
        [
            .. Enumerable
                .Range(0, (int)(last - first) + 1)
                .Select(i => (first + i) * step)
                .Select(value => Tick.Major(value, Fixed(value, decimals))),
        ];
    }

    private static string Fixed(double value, int decimals) =>
        (
            decimals > 0 ? value.ToString("F" + decimals, CultureInfo.InvariantCulture) : Number(Math.Round(value))
        ).Replace('-', '−');
}
