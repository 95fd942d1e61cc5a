namespace Expflow.Slurm;

/// <summary>What <c>scontrol show config</c> says; null where it says nothing.</summary>
/// <param name="Record">All of it, keys as in <c>slurm.conf</c>.</param>
public sealed record SlurmConfiguration(SlurmRecord Record)
{
    /// <summary>The cluster's name.</summary>
    public string? ClusterName => Record["ClusterName"];

    /// <summary>The version: <c>22.05.8</c>.</summary>
    public string? Version => Record["SLURM_VERSION"];

    /// <summary>Indices of arrays stay below this. Slurm's default 1001.</summary>
    public int? MaxArraySize => (int?)Record.Number("MaxArraySize");

    /// <summary>How many jobs Slurm holds at once, every task of an array counted.</summary>
    public long? MaxJobCount => Record.Number("MaxJobCount");

    /// <summary>How long Slurm remembers a job that is over.</summary>
    public TimeSpan? MinJobAge => Seconds("MinJobAge");

    /// <summary>Time between SIGTERM and SIGKILL at a job's end.</summary>
    public TimeSpan? KillWait => Seconds("KillWait");

    /// <summary>Whether Slurm puts jobs back into the queue by itself after a node's failure, unless they say otherwise.</summary>
    public bool? JobRequeue => Record.Number("JobRequeue") is { } flag ? flag != 0 : null;

    /// <summary>Whether there is a database of jobs for <c>sacct</c> and <c>sacctmgr</c>.</summary>
    public bool HasAccounting =>
        Record["AccountingStorageType"] is { } type && !type.EndsWith("none", StringComparison.Ordinal);

    /// <summary>Whether limits of accounts and QOSes hold: <c>limits</c>, <c>safe</c> or <c>all</c> in <c>AccountingStorageEnforce</c>. True where it isn't said.</summary>
    public bool EnforcesLimits =>
        Record["AccountingStorageEnforce"] is not { } enforced
        || enforced.Split(',', StringSplitOptions.TrimEntries).Any(word => word is "limits" or "safe" or "all");

    /// <summary>Whether a job must name an account of its user's, or have a default one: anything but limits of time in <c>AccountingStorageEnforce</c>. True where it isn't said.</summary>
    public bool EnforcesAssociations =>
        Record["AccountingStorageEnforce"] is not { } enforced
        || enforced
            .Split(',', StringSplitOptions.TrimEntries)
            .Any(word => word is "associations" or "limits" or "safe" or "qos" or "wckeys" or "all");

    /// <summary>Whether a job above a partition's limits is refused at once (<c>EnforcePartLimits</c>), rather than left waiting for ever.</summary>
    public bool RefusesAbovePartition => Record["EnforcePartLimits"] is "ALL" or "ANY" or "YES";

    /// <summary>What measures jobs: <c>jobacct_gather/cgroup</c>; null where nothing does.</summary>
    public string? JobMeasuring =>
        Record["JobAcctGatherType"] is { } type && !type.EndsWith("none", StringComparison.Ordinal) ? type : null;

    /// <summary>Whether the kernel holds jobs to their memory (<c>task/cgroup</c> and <c>ConstrainRAMSpace</c>), so that a job over it ends as <c>OUT_OF_MEMORY</c>; null where Slurm doesn't say.</summary>
    public bool? KernelHoldsMemory =>
        Record["TaskPlugin"] is { } plugins && !plugins.Contains("cgroup", StringComparison.Ordinal) ? false
        : Record["ConstrainRAMSpace"] is { } constrain ? constrain.Equals("yes", StringComparison.OrdinalIgnoreCase)
        : null;

    /// <summary>Whether slurmd itself ends a job over its memory (<c>OverMemoryKill</c>).</summary>
    public bool PollsMemory =>
        Record["JobAcctGatherParams"]?.Contains("OverMemoryKill", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>By what jobs are preempted: <c>preempt/partition_prio</c>, <c>preempt/qos</c>; null where they aren't.</summary>
    public string? PreemptType =>
        Record["PreemptType"] is { } type && !type.EndsWith("none", StringComparison.Ordinal) ? type : null;

    /// <summary>What happens to preempted jobs: <c>REQUEUE</c>, <c>CANCEL</c>, <c>SUSPEND</c>, <c>OFF</c>.</summary>
    public string? PreemptMode => Record["PreemptMode"];

    /// <summary>What users don't see of each other: <c>jobs,usage</c>; null where they see everything.</summary>
    public string? PrivateData => Record["PrivateData"] is { } hidden and not "none" ? hidden : null;

    /// <summary>Whether a job is charged for the dearest of what it has, rather than for all of it together.</summary>
    public bool BillsDearest =>
        Record["PriorityFlags"]?.Contains("MAX_TRES", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>How jobs share nodes: <c>select/cons_tres</c>.</summary>
    public string? SelectType => Record["SelectType"];

    /// <summary>Memory per CPU where a job asks for none.</summary>
    public MemorySize? DefMemPerCpu => Mebibytes("DefMemPerCPU");

    /// <summary>Memory per node where a job asks for none.</summary>
    public MemorySize? DefMemPerNode => Mebibytes("DefMemPerNode");

    /// <summary>The most memory per CPU; above it Slurm raises the number of CPUs. Null: no limit.</summary>
    public MemorySize? MaxMemPerCpu => Mebibytes("MaxMemPerCPU");

    /// <summary>The most memory per node. Null: no limit.</summary>
    public MemorySize? MaxMemPerNode => Mebibytes("MaxMemPerNode");

    private TimeSpan? Seconds(string key) => Record.Number(key) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private MemorySize? Mebibytes(string key) =>
        Record.Number(key) is { } size and > 0 ? MemorySize.FromBytes(size << 20) : null;
}
