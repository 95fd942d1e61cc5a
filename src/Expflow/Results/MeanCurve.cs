using Expflow.Tables;

namespace Expflow.Results;

/// <summary>One metric over steps, averaged over the runs of one setting.</summary>
/// <param name="Points">By rising step.</param>
public sealed record MeanCurve(IReadOnlyList<MeanPoint> Points)
{
    /// <summary>Puts the curves of runs together step by step. A step that only some of them have is averaged over those.</summary>
    public static MeanCurve Of(IReadOnlyList<RunCurve> curves)
    {
        if (curves is [var single])
            return new([.. single.Steps.Zip(single.Values, (step, value) => new MeanPoint(step, value, null, 1))]);
        var steps = curves.SelectMany(curve => curve.Steps).ToArray();
        var values = curves.SelectMany(curve => curve.Values).ToArray();
        Array.Sort(steps, values);
        var points = new List<MeanPoint>();
        for (int from = 0, to; from < steps.Length; from = to)
        {
            to = from + 1;
            while (to < steps.Length && steps[to] == steps[from])
                to++;
            var all = Aggregate.Of(values[from..to]);
            points.Add(new(steps[from], all.Mean ?? double.NaN, all.Sd, all.Count));
        }
        return new(points);
    }
}

/// <summary>One step of a <see cref="MeanCurve"/>.</summary>
/// <param name="Step">The step.</param>
/// <param name="Mean">The mean of the finite values; NaN when there is none.</param>
/// <param name="Sd">The standard deviation of the sample; null with fewer than two finite values.</param>
/// <param name="Count">How many finite values there are.</param>
public readonly record struct MeanPoint(long Step, double Mean, double? Sd, int Count);
