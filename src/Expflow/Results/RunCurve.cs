using Expflow.Metrics;

namespace Expflow.Results;

/// <summary>One metric of one run over its steps.</summary>
/// <param name="Steps">The steps, rising, each once.</param>
/// <param name="Values">The value at each.</param>
public sealed record RunCurve(IReadOnlyList<long> Steps, IReadOnlyList<double> Values)
{
    /// <summary>Reads a metric from a run's files; of several values at one step the last one counts.</summary>
    public static RunCurve Read(IReadOnlyList<AttemptMetrics> attempts, string metric)
    {
        var names = new MetricNames();
        var wanted = names.Number(metric);
        var steps = new List<long>();
        var values = new List<double>();
        var rising = true;
        new RunMetrics(names).Read(
            attempts,
            (_, number, step, value) =>
            {
                if (number != wanted)
                    return;
                rising = rising && (steps.Count == 0 || step > steps[^1]);
                steps.Add(step);
                values.Add(value);
            }
        );
        return rising ? new(steps, values) : Ordered(steps, values);
    }

    private static RunCurve Ordered(List<long> steps, List<double> values)
    {
        var last = new SortedDictionary<long, double>();
        for (var i = 0; i < steps.Count; i++)
            last[steps[i]] = values[i];
        return new([.. last.Keys], [.. last.Values]);
    }
}
