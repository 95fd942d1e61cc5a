namespace Expflow.Slurm;

/// <summary>What <c>scontrol show node</c> says of one node.</summary>
/// <param name="Record">All of it.</param>
public sealed record SlurmNode(SlurmRecord Record)
{
    /// <summary>Its name.</summary>
    public string Name => Record["NodeName"] ?? "";

    /// <summary>Its state with all flags as they came: <c>IDLE</c>, <c>MIXED+DRAIN</c>, <c>DOWN*+NOT_RESPONDING</c>.</summary>
    public string State => Record["State"] ?? "";

    /// <summary>How it stands, in one word.</summary>
    public NodeCondition Condition => NodeConditions.Of(State);

    /// <summary>Whether it could take jobs now or later without anybody doing something: neither down, drained nor failed.</summary>
    public bool IsUsable => !State.Split('+').Any(word => Away.Contains(word.TrimEnd(Marks).ToUpperInvariant()));

    /// <summary>CPUs that jobs can have.</summary>
    public int Cpus => (int?)(Record.Number("CPUEfctv") ?? Record.Number("CPUTot")) ?? 0;

    /// <summary>CPUs that jobs have.</summary>
    public int CpusInUse => (int?)Record.Number("CPUAlloc") ?? 0;

    /// <summary>CPUs that a job could have now: none of a node that is down, drained, reserved or of which Slurm says nothing.</summary>
    public int FreeCpus => TakesJobs ? Math.Max(0, Cpus - CpusInUse) : 0;

    /// <summary>Whether jobs start on it now, if there is room.</summary>
    public bool TakesJobs => Condition is NodeCondition.Idle or NodeCondition.Mixed or NodeCondition.Allocated;

    /// <summary>Memory that jobs can have; null where Slurm doesn't say.</summary>
    public MemorySize? Memory =>
        Record.Number("RealMemory") - (Record.Number("MemSpecLimit") ?? 0) is { } size and > 0
            ? MemorySize.FromBytes(size << 20)
            : null;

    /// <summary>Its GPUs and other devices, as configured.</summary>
    public IReadOnlyList<Gres> Devices => Gres.ParseAll(Record["Gres"]);

    /// <summary>Its GPUs by type.</summary>
    public IReadOnlyList<GpuStock> Gpus => GpuStock.Of(this);

    /// <summary>The partitions that it is in.</summary>
    public IReadOnlyList<string> Partitions => Record["Partitions"]?.Split(',') ?? [];

    /// <summary>Its features.</summary>
    public IReadOnlyList<string> Features => Record["AvailableFeatures"]?.Split(',') ?? [];

    /// <summary>Why an administrator took it out of service, or null.</summary>
    public string? Reason => Record["Reason"];

    // "POWERED_DOWN" is not among them: such a node is powered up when a job needs it.
    private static readonly string[] Away =
    [
        "DOWN",
        "DRAIN",
        "DRAINED",
        "DRAINING",
        "ERROR",
        "FAIL",
        "FAILING",
        "FUTURE",
        "INVAL",
        "INVALID_REG",
        "NOT_RESPONDING",
        "UNKNOWN",
    ];

    // What sinfo and scontrol put behind a state: not responding, powered down, powering up, reserved, planned, …
    private static readonly char[] Marks = ['*', '~', '#', '!', '%', '$', '@', '^', '-'];
}
