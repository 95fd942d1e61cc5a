namespace Expflow.Slurm;

/// <summary>What <c>scontrol show partition</c> says of one partition. Null: no limit, or not said.</summary>
/// <param name="Record">All of it.</param>
public sealed record Partition(SlurmRecord Record)
{
    /// <summary>Its name.</summary>
    public string Name => Record["PartitionName"] ?? "";

    /// <summary>Whether jobs go there that name no partition.</summary>
    public bool IsDefault => Record["Default"] is "YES";

    /// <summary>Whether it is up: jobs are taken and start.</summary>
    public bool IsUp => State is "UP";

    /// <summary><c>UP</c>, <c>DOWN</c> (takes jobs, starts none), <c>DRAIN</c> (takes none), <c>INACTIVE</c> (neither).</summary>
    public string State => Record["State"] ?? "";

    /// <summary>The longest time limit.</summary>
    public TimeSpan? MaxTime => Record.Duration("MaxTime");

    /// <summary>The time limit of jobs that give none.</summary>
    public TimeSpan? DefaultTime => Record.Duration("DefaultTime");

    /// <summary>The most nodes of one job.</summary>
    public int? MaxNodes => (int?)Record.Number("MaxNodes");

    /// <summary>The most CPUs of one job on one node.</summary>
    public int? MaxCpusPerNode => (int?)Record.Number("MaxCPUsPerNode");

    /// <summary>The most memory per CPU.</summary>
    public MemorySize? MaxMemPerCpu => Mebibytes("MaxMemPerCPU");

    /// <summary>The most memory per node.</summary>
    public MemorySize? MaxMemPerNode => Mebibytes("MaxMemPerNode");

    /// <summary>Memory per CPU where a job asks for none.</summary>
    public MemorySize? DefMemPerCpu => Mebibytes("DefMemPerCPU");

    /// <summary>Memory per node where a job asks for none.</summary>
    public MemorySize? DefMemPerNode => Mebibytes("DefMemPerNode");

    /// <summary>Its nodes: <c>cpu[01-04]</c>; null for none.</summary>
    public string? Nodes => Record["Nodes"];

    /// <summary>All of its CPUs.</summary>
    public int? TotalCpus => (int?)Record.Number("TotalCPUs");

    /// <summary>The accounts that may use it; null: all but those of <see cref="DeniedAccounts"/>.</summary>
    public IReadOnlyList<string>? AllowedAccounts => List("AllowAccounts");

    /// <summary>The accounts that may not use it; null: none.</summary>
    public IReadOnlyList<string>? DeniedAccounts => List("DenyAccounts");

    /// <summary>The QOSes that may be used in it; null: all.</summary>
    public IReadOnlyList<string>? AllowedQos => List("AllowQos");

    /// <summary>The groups of users that may use it; null: all.</summary>
    public IReadOnlyList<string>? AllowedGroups => List("AllowGroups");

    /// <summary>The QOSes that may not be used in it; null: none.</summary>
    public IReadOnlyList<string>? DeniedQos => List("DenyQos");

    /// <summary>The fewest nodes of one job; 0: no such limit.</summary>
    public int MinNodes => (int?)Record.Number("MinNodes") ?? 0;

    /// <summary>Whether a job gets whole nodes, whatever it asks for.</summary>
    public bool IsExclusive => Record["OverSubscribe"] is "EXCLUSIVE";

    /// <summary>Whether only root may use it.</summary>
    public bool IsForRootOnly => Record["RootOnly"] is "YES";

    /// <summary>What is charged for in it (<c>TRESBillingWeights</c>); null: its CPUs.</summary>
    public BillingWeights? BillingWeights => Slurm.BillingWeights.Parse(Record["TRESBillingWeights"]);

    /// <summary>The QOS whose limits hold for the whole partition, or null.</summary>
    public string? Qos => Record["QoS"];

    /// <summary>What happens to its jobs when another partition needs the nodes: <c>OFF</c>, <c>REQUEUE</c>, <c>CANCEL</c>, <c>SUSPEND</c>.</summary>
    public string? PreemptMode => Record["PreemptMode"];

    /// <summary>Time between warning and end of a preempted job.</summary>
    public TimeSpan GraceTime => TimeSpan.FromSeconds(Record.Number("GraceTime") ?? 0);

    private MemorySize? Mebibytes(string key) =>
        Record.Number(key) is { } size and > 0 ? MemorySize.FromBytes(size << 20) : null;

    private string[]? List(string key) => Record[key] is { } names and not "ALL" ? names.Split(',') : null;
}
