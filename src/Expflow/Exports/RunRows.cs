using Expflow.Metrics;
using Expflow.Problems;

namespace Expflow.Exports;

/// <summary>One value of a run: 24 bytes.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Value">The value.</param>
/// <param name="Metric">The number of the metric's name.</param>
/// <param name="Attempt">The attempt that wrote it.</param>
internal readonly record struct RunRow(long Step, double Value, int Metric, int Attempt);

/// <summary>All metric values of one run, by rising step.</summary>
internal sealed class RunRows
{
    // Small enough to stay off the large object heap; nothing is copied as a run grows.
    private const int BlockBits = 11;
    private const int BlockRows = 1 << BlockBits;
    private readonly List<RunRow[]> blocks = [];
    private int[]? order;
    private bool sorted = true;
    private long lastStep = long.MinValue;

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

    public ref readonly RunRow this[int index] => ref Stored(order is null ? index : order[index]);

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

    private ref RunRow Stored(int index) => ref blocks[index >> BlockBits][index & (BlockRows - 1)];

    private void Add(int attempt, int metric, long step, double value)
    {
        if (Count == blocks.Count << BlockBits)
            blocks.Add(new RunRow[BlockRows]);
        sorted = sorted && step >= lastStep;
        lastStep = step;
        Stored(Count++) = new(step, value, metric, attempt);
    }

    // Values of one step keep the order in which they were written.
    private void Sort()
    {
        var rows = new int[Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i;
        Array.Sort(
            rows,
            (a, b) =>
            {
                var byStep = Stored(a).Step.CompareTo(Stored(b).Step);
                return byStep != 0 ? byStep : a.CompareTo(b);
            }
        );
        order = rows;
    }
}
