using Expflow.Experiments;
using Expflow.Metrics;

namespace Expflow.Executors;

/// <summary>Follows the metrics of a running attempt and holds them against the stage's checks.</summary>
public sealed class LiveChecks
{
    private readonly List<MetricTail> tails;
    private readonly CheckJudge judge;
    private readonly MetricSink sink;

    private LiveChecks(Stage stage, AttemptPlace place, IReadOnlyDictionary<string, MetricSummary> earlier)
    {
        var names = new MetricNames();
        judge = new(stage.Checks, earlier);
        sink = judge.Sink(names);
        tails = [.. AttemptSources.Of(stage, place).Select(source => MetricTail.Of(source, names))];
    }

    /// <summary>The checks on an attempt, nothing read yet; null when its stage has none.</summary>
    public static LiveChecks? For(Stage stage, AttemptPlace place)
    {
        if (stage.Checks.Count == 0)
            return null;
        var earlier =
            place is AttemptPlace.Own own && own.Number > 1
                ? RunMetrics.Summarise(AttemptSources.OfRun(stage, own.RunFolder, own.Number - 1))
                : new Dictionary<string, MetricSummary>();
        return new(stage, place, earlier);
    }

    /// <summary>Reads what is new; the violation in words when the run is to be ended for it.</summary>
    public string? Look()
    {
        foreach (var tail in tails)
            tail.Read(complete: false, sink);
        return judge.MustEnd ? judge.Failed.First(failure => failure.Check.OnFail == FailedCheck.End).Text : null;
    }

    /// <summary>Reads to the end, judges what only the end can show, and tells everything that failed.</summary>
    public IReadOnlyList<FailedMetricCheck> Finish()
    {
        foreach (var tail in tails)
            tail.Read(complete: true, sink);
        judge.End();
        return judge.Failed;
    }
}
