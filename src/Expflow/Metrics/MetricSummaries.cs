using System.Runtime.InteropServices;

namespace Expflow.Metrics;

/// <summary>The summary of each metric of a run, kept as values come. For one thread.</summary>
public sealed class MetricSummaries(MetricNames names)
{
    private readonly List<MetricSummary> summaries = [];

    /// <summary>Adds one value; fits <see cref="MetricSink"/>.</summary>
    public void Add(int metric, long step, double value)
    {
        while (summaries.Count <= metric)
            summaries.Add(MetricSummary.None);
        ref var summary = ref CollectionsMarshal.AsSpan(summaries)[metric];
        summary = summary.With(step, value);
    }

    /// <summary>The summaries so far by name, in the order of the names; metrics without a value are left out.</summary>
    public IReadOnlyDictionary<string, MetricSummary> ByName()
    {
        var byName = new SortedDictionary<string, MetricSummary>(StringComparer.Ordinal);
        for (var metric = 0; metric < summaries.Count; metric++)
        {
            if (summaries[metric].Count > 0)
                byName[names[metric]] = summaries[metric];
        }
        return byName;
    }
}
