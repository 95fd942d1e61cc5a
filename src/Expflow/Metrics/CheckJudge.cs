using System.Runtime.InteropServices;

namespace Expflow.Metrics;

/// <summary>Holds the values of a run against its checks as they come. Each way of failing a check is told once, as soon as it is certain.</summary>
public sealed class CheckJudge
{
    private readonly List<FailedMetricCheck> failed = [];
    private readonly Dictionary<string, CheckedMetric> byMetric = new(StringComparer.Ordinal);

    /// <summary>A judge at the start of an attempt.</summary>
    /// <param name="checks">What must hold.</param>
    /// <param name="earlier">What earlier attempts of the run brought, when it resumes.</param>
    public CheckJudge(IEnumerable<MetricCheck> checks, IReadOnlyDictionary<string, MetricSummary>? earlier = null)
    {
        foreach (var check in checks)
        {
            if (!byMetric.TryGetValue(check.Metric, out var metric))
                byMetric[check.Metric] = metric = new CheckedMetric(
                    check.Metric,
                    earlier?.GetValueOrDefault(check.Metric) ?? default
                );
            metric.Check(check);
        }
    }

    /// <summary>All failures so far, in the order in which they became certain.</summary>
    public IReadOnlyList<FailedMetricCheck> Failed => failed;

    /// <summary>Whether a failed check asks for the run to be ended.</summary>
    public bool MustEnd => failed.Exists(failure => failure.Check.OnFail == FailedCheck.End);

    /// <summary>Takes one value, in the order in which the run wrote them.</summary>
    public void Add(string metric, long step, double value)
    {
        if (byMetric.TryGetValue(metric, out var state))
            state.Add(step, value, failed);
    }

    /// <summary>A sink that feeds this judge with the values of a reader.</summary>
    public MetricSink Sink(MetricNames names)
    {
        var states = new List<CheckedMetric?>();
        return (metric, step, value) =>
        {
            while (states.Count <= metric)
                states.Add(byMetric.GetValueOrDefault(names[states.Count]));
            CollectionsMarshal.AsSpan(states)[metric]?.Add(step, value, failed);
        };
    }

    /// <summary>Judges what only the end of the run can show: a metric that never came, never varied or never got there.</summary>
    public void End()
    {
        foreach (var metric in byMetric.Values)
            metric.End(failed);
    }
}
