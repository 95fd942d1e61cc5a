using System.Globalization;
using System.Numerics;

namespace Expflow.Processes;

/// <summary>What of this machine may be used by this process: its affinity, its cgroup and its memory, rather than what is built in.</summary>
/// <param name="root">Where <c>/proc</c> and <c>/sys</c> are: <c>/</c> but in tests.</param>
public sealed class MachineFacts(string root = "/")
{
    private const int LargestMaskBytes = 1024;

    private readonly Cgroups cgroups = new(root);

    /// <summary>Cores: the lesser of the affinity mask and the least quota of the cgroup and those above it, at least 1.</summary>
    public int Cores => Math.Max(1, Math.Min(AffinityCores(), QuotaCores() ?? int.MaxValue));

    /// <summary>Memory in bytes: the lesser of the machine's and the least limit of the cgroup and those above it.</summary>
    public long Memory => Math.Min(InstalledMemory(), CgroupMemory() ?? long.MaxValue);

    /// <summary>How often the kernel has killed a process of this control group for memory; null where it doesn't count.</summary>
    public long? KillsForMemory => cgroups.Folders("memory").Select(Kills).FirstOrDefault(kills => kills is not null);

    /// <summary>GPUs as <c>CUDA_VISIBLE_DEVICES</c> names them: what it already says, else one for each that the NVIDIA driver lists.</summary>
    public IReadOnlyList<string> Gpus(string? visibleDevices)
    {
        if (visibleDevices is not null)
            return visibleDevices is "" or "-1" or "NoDevFiles"
                ? []
                : visibleDevices.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var listed = Path.Combine(root, "proc/driver/nvidia/gpus");
        return Directory.Exists(listed)
            ?
            [
                .. Enumerable
                    .Range(0, Directory.GetDirectories(listed).Length)
                    .Select(index => index.ToString(CultureInfo.InvariantCulture)),
            ]
            : [];
    }

    private static unsafe int AffinityCores()
    {
        var mask = stackalloc byte[LargestMaskBytes];
        var bytes = Native.sched_getaffinity(0, LargestMaskBytes, mask);
        if (bytes < 0)
            return Environment.ProcessorCount;
        var cores = 0;
        // glibc's wrapper returns 0 and leaves the rest of the mask cleared.
        foreach (var part in new ReadOnlySpan<ulong>(mask, LargestMaskBytes / sizeof(ulong)))
            cores += BitOperations.PopCount(part);
        return cores;
    }

    // cgroup v2: "max 100000" or "QUOTA PERIOD"; v1: two files.
    private int? QuotaCores() =>
        cgroups
            .Folders("cpu")
            .Select(folder =>
                Text($"{folder}/cpu.max")?.Split(' ') is [var quota, var period]
                    ? Quotient(quota, period)
                    : Quotient(Text($"{folder}/cpu.cfs_quota_us"), Text($"{folder}/cpu.cfs_period_us"))
            )
            .Min();

    private static int? Quotient(string? quota, string? period) =>
        double.TryParse(quota, CultureInfo.InvariantCulture, out var q)
        && double.TryParse(period, CultureInfo.InvariantCulture, out var p)
        && q > 0
        && p > 0
            ? Math.Max(1, (int)Math.Floor(q / p))
            : null;

    private long InstalledMemory()
    {
        var line = Text("proc/meminfo")
            ?.Split('\n')
            .FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal));
        return
            line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
            && long.TryParse(kibibytes, CultureInfo.InvariantCulture, out var number)
            ? number * 1024
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }

    private long? CgroupMemory() => cgroups.Folders("memory").Select(MemoryLimit).Min();

    private long? MemoryLimit(string folder) =>
        long.TryParse(
            Text($"{folder}/memory.max") ?? Text($"{folder}/memory.limit_in_bytes"),
            CultureInfo.InvariantCulture,
            out var limit
        )
        && limit > 0
            ? limit
            : null;

    // cgroup v2: memory.events; v1: memory.oom_control. Both have a line "oom_kill N".
    private long? Kills(string folder)
    {
        foreach (
            var line in (Text($"{folder}/memory.events") ?? Text($"{folder}/memory.oom_control") ?? "").Split('\n')
        )
            if (
                line.Split(' ') is ["oom_kill", var count]
                && long.TryParse(count, CultureInfo.InvariantCulture, out var n)
            )
                return n;
        return null;
    }

    private string? Text(string path) => ProcFile.Read(Path.Combine(root, path))?.Trim();
}
