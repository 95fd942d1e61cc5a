using Expflow.Metrics;
using Expflow.Problems;

namespace Expflow.Exports;

/// <summary>All metric values of one run, by rising step: columns of equal length, 24 bytes a row.</summary>
internal sealed class RunRows
{
    private int[] attempts = new int[1024];
    private int[] metrics = new int[1024];
    private long[] steps = new long[1024];
    private double[] values = new double[1024];
    private bool sorted = true;

    private RunRows(string runId, MetricNames names)
    {
        RunId = runId;
        Names = names;
    }

    public string RunId { get; }

    public MetricNames Names { get; }

    public int Count { get; private set; }

    public long Invalid { get; private set; }

    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    public ReadOnlySpan<int> Attempts => attempts.AsSpan(0, Count);

    public ReadOnlySpan<int> Metrics => metrics.AsSpan(0, Count);

    public ReadOnlySpan<long> Steps => steps.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    /// <summary>Reads a run's files.</summary>
    public static RunRows Read(RunMetricFiles run)
    {
        var rows = new RunRows(run.RunId, new MetricNames());
        var metrics = new RunMetrics(rows.Names);
        metrics.Read(run.Attempts, rows.Add);
        rows.Invalid = metrics.Invalid;
        rows.Problems = metrics.Problems;
        if (!rows.sorted)
            rows.Sort();
        return rows;
    }

    private void Add(int attempt, int metric, long step, double value)
    {
        if (Count == values.Length)
            Grow();
        sorted = sorted && (Count == 0 || step >= steps[Count - 1]);
        attempts[Count] = attempt;
        metrics[Count] = metric;
        steps[Count] = step;
        values[Count++] = value;
    }

    private void Grow()
    {
        Array.Resize(ref attempts, Count * 2);
        Array.Resize(ref metrics, Count * 2);
        Array.Resize(ref steps, Count * 2);
        Array.Resize(ref values, Count * 2);
    }

    // Values of one step keep the order in which they were written.
    private void Sort()
    {
        var order = new int[Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var keys = steps;
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        attempts = [.. order.Select(i => attempts[i])];
        metrics = [.. order.Select(i => metrics[i])];
        values = [.. order.Select(i => values[i])];
        steps = [.. order.Select(i => keys[i])];
    }
}
