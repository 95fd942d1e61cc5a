using Expflow.Experiments;
using Expflow.Metrics;

namespace Expflow.Executors;

/// <summary>The metrics of a packed attempt: pieces of a worker's segment files.</summary>
internal static class PackedMetrics
{
    public static IReadOnlyDictionary<string, MetricSummary> Summarise(Stage stage, AttemptPlace.Packed place)
    {
        var names = new MetricNames();
        var summaries = new MetricSummaries(names);
        foreach (var source in AttemptSources.Of(stage, place.Scratch, place.Output, place.Metrics, withRunFiles: true))
        {
            var start = LiveChecks.StartIn(place, source.Path);
            // Most short runs write no metrics, and 5,000 of them should not open 5,000 files to learn that.
            if (AttemptPlace.LengthOf(source.Path) <= start)
                continue;
            var reader = MetricReader.For(source.Format, source.Path, names);
            MetricTail.From(reader, start).Read(complete: true, summaries.Add);
        }
        return summaries.ByName();
    }
}
