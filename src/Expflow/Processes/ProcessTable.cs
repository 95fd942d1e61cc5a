using System.Globalization;

namespace Expflow.Processes;

/// <summary>One look at all processes of this machine: one pass over <c>/proc</c>, whatever is asked of it afterwards.</summary>
public sealed class ProcessTable
{
    private static readonly long PageBytes = Environment.SystemPageSize;

    // USER_HZ is 100 on every Linux that user programs see.
    private const double TicksPerSecond = 100;

    private readonly Dictionary<int, Row> rows = [];

    private readonly record struct Row(int Parent, int Session, double CpuSeconds, long Memory);

    /// <summary>Looks now.</summary>
    public static ProcessTable Read()
    {
        var table = new ProcessTable();
        foreach (var pid in Pids())
            if (ReadRow(pid) is { } row)
                table.rows[pid] = row;
        return table;
    }

    /// <summary>All pids, in no order.</summary>
    public static IEnumerable<int> Pids()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                yield return pid;
    }

    /// <summary>The session that a process belongs to; null when it is gone.</summary>
    public static int? SessionOf(int pid) => ReadRow(pid)?.Session;

    /// <summary>The processes of a session and all their descendants, those that have left the session included.</summary>
    public IReadOnlyList<int> TreeOf(int session)
    {
        var members = rows.Where(row => row.Value.Session == session).Select(row => row.Key).ToHashSet();
        // Children have higher pids than their parents but for wrap-around: repeat until nothing is added.
        for (var grown = true; grown; )
        {
            grown = false;
            foreach (var (pid, row) in rows)
                if (members.Contains(row.Parent) && members.Add(pid))
                    grown = true;
        }
        return [.. members];
    }

    /// <summary>Resident memory in bytes, pages shared by several processes counted for each, and CPU time so far of the live processes of a tree.</summary>
    public (long Memory, double CpuSeconds) UsageOf(int session)
    {
        var (memory, cpu) = (0L, 0.0);
        foreach (var pid in TreeOf(session))
            (memory, cpu) = (memory + rows[pid].Memory, cpu + rows[pid].CpuSeconds);
        return (memory, cpu);
    }

    private static Row? ReadRow(int pid) =>
        ProcStat.Read(pid) is { HasEnded: false } stat
            ? new(stat.Parent, stat.Session, stat.CpuTicks / TicksPerSecond, stat.ResidentPages * PageBytes)
            : null;
}
