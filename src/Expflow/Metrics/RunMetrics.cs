using Expflow.Problems;

namespace Expflow.Metrics;

/// <summary>Takes one value of a run.</summary>
/// <param name="attempt">The attempt that wrote it.</param>
/// <param name="metric">The number of the metric's name.</param>
/// <param name="step">Its step.</param>
/// <param name="value">The value.</param>
public delegate void RunMetricSink(int attempt, int metric, long step, double value);

/// <summary>Reads the metrics of a whole run: the values of a later attempt stand in place of those of earlier attempts from its first step on.</summary>
/// <param name="names">Where names get their numbers.</param>
public sealed class RunMetrics(MetricNames names)
{
    private readonly List<Problem> problems = [];

    /// <summary>How many lines could not be read.</summary>
    public long Invalid { get; private set; }

    /// <summary>The first of them, each with file and line.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>Passes on the values that count, attempt by attempt, each in the order of its files.</summary>
    /// <param name="attempts">The attempts, by rising number.</param>
    /// <param name="sink">Takes the values.</param>
    public void Read(IReadOnlyList<AttemptMetrics> attempts, RunMetricSink sink)
    {
        var ends = Ends(attempts);
        for (var i = 0; i < attempts.Count; i++)
        {
            var (attempt, end) = (attempts[i].Attempt, ends[i]);
            Read(
                attempts[i].Sources,
                (metric, step, value) =>
                {
                    if (step < end)
                        sink(attempt, metric, step, value);
                }
            );
        }
    }

    /// <summary>The summary of each metric of a run.</summary>
    public static IReadOnlyDictionary<string, MetricSummary> Summarise(IReadOnlyList<AttemptMetrics> attempts)
    {
        var names = new MetricNames();
        var summaries = new MetricSummaries(names);
        new RunMetrics(names).Read(attempts, (_, metric, step, value) => summaries.Add(metric, step, value));
        return summaries.ByName();
    }

    // The step at which each attempt's values stop counting: where a later attempt begins.
    private static long[] Ends(IReadOnlyList<AttemptMetrics> attempts)
    {
        var ends = new long[attempts.Count];
        var end = long.MaxValue;
        for (var i = attempts.Count - 1; i >= 0; i--)
        {
            ends[i] = end;
            if (i > 0)
                end = Math.Min(end, FirstStep(attempts[i].Sources));
        }
        return ends;
    }

    private static long FirstStep(IReadOnlyList<MetricSource> sources)
    {
        var first = long.MaxValue;
        foreach (var source in sources)
        {
            MetricTail
                .Of(source, new MetricNames())
                .Read(complete: true, (_, step, _) => first = Math.Min(first, step));
        }
        return first;
    }

    private void Read(IReadOnlyList<MetricSource> sources, MetricSink sink)
    {
        foreach (var source in sources)
        {
            var tail = MetricTail.Of(source, names);
            tail.Read(complete: true, sink);
            Invalid += tail.Reader.Invalid;
            problems.AddRange(tail.Reader.Problems);
        }
    }
}
