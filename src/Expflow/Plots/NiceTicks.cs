using System.Globalization;
using ScottPlot;

namespace Expflow.Plots;

/// <summary>Ticks at round values: 1, 2, 5 times a power of ten, or decades on a logarithmic axis.</summary>
internal sealed class NiceTicks(AxisScale scale, float spacing) : ITickGenerator
{
    // More small ticks than this between two labels run together.
    private const int MostMinorDecades = 10;

    public Tick[] Ticks { get; set; } = [];

    public int MaxTickCount { get; set; } = 1000;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        var most = Math.Clamp((int)(size.Length / spacing), 2, 12);
        Ticks = [.. scale.Log ? Decades(range.Min, range.Max, most) : Linear(range.Min, range.Max, most, scale.Whole)];
    }

    internal static IEnumerable<Tick> Linear(double min, double max, int most, bool whole)
    {
        var step = RoundStep((max - min) / most);
        if (whole)
            step = Math.Max(1, step);
        var first = Math.Ceiling(min / step - 1e-9);
        var last = Math.Floor(max / step + 1e-9);
        var scientific = Math.Max(Math.Abs(first), Math.Abs(last)) * step >= 1e6 || step < 1e-5;
        for (var i = first; i <= last; i++)
            yield return Tick.Major(i * step, Label(i * step, step, scientific));
    }

    internal static IEnumerable<Tick> Decades(double min, double max, int most)
    {
        var (first, last) = ((int)Math.Ceiling(min - 1e-9), (int)Math.Floor(max + 1e-9));
        if (max - min < 1)
            return Between(min, max, most);
        var stride = Math.Max(1, (last - first + most) / most);
        return Enumerable
            .Range(first - 1, last - first + 2)
            .SelectMany(decade => InDecade(decade, stride, labelFives: max - min < 2.5 && most >= 5))
            .Where(tick => tick.Position >= min - 1e-9 && tick.Position <= max + 1e-9);
    }

    // Less than one decade: round values of the linear axis, at their logarithmic places.
    private static IEnumerable<Tick> Between(double min, double max, int most) =>
        Linear(Math.Pow(10, min), Math.Pow(10, max), most, whole: false)
            .Where(tick => tick.Label != "0")
            .Select(tick => Tick.Major(Math.Log10(tick.Position), tick.Label));

    private static IEnumerable<Tick> InDecade(int decade, int stride, bool labelFives)
    {
        if (decade % stride == 0)
            yield return Tick.Major(decade, Power(decade));
        else if (stride <= MostMinorDecades)
            yield return Tick.Minor(decade);
        if (stride > 1)
            yield break;
        for (var digit = 2; digit <= 9; digit++)
        {
            var position = decade + Math.Log10(digit);
            yield return labelFives && (digit is 2 or 5)
                ? Tick.Major(position, ChartText.Number(digit * Math.Pow(10, decade), 1))
                : Tick.Minor(position);
        }
    }

    private static string Power(int decade) =>
        decade is >= -4 and <= 4 ? ChartText.Number(Math.Pow(10, decade), 1) : ChartText.Minus($"1e{decade}");

    private static double RoundStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1.000001 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    private static string Label(double value, double step, bool scientific)
    {
        if (Math.Abs(value) < step / 2)
            return "0";
        var stepSize = (int)Math.Floor(Math.Log10(step) + 1e-9);
        if (scientific)
        {
            var digits = Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(value))) - stepSize + 1, 1, 15);
            return ChartText.Scientific(value, digits);
        }
        return ChartText.Minus(value.ToString("F" + Math.Max(0, -stepSize), CultureInfo.InvariantCulture));
    }
}
