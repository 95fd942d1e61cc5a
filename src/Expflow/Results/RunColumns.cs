namespace Expflow.Results;

/// <summary>The names of the columns that every table of runs has.</summary>
public static class RunColumns
{
    /// <summary>The run's id, 16 hexadecimal digits.</summary>
    public const string RunId = "run_id";

    /// <summary>The stage.</summary>
    public const string Stage = "stage";

    /// <summary>The word of the run's state.</summary>
    public const string State = "state";

    /// <summary>Why it isn't done.</summary>
    public const string Reason = "reason";

    /// <summary>What is wrong with its result.</summary>
    public const string Flags = "flags";

    /// <summary>The latest attempt's number.</summary>
    public const string Attempt = "attempt";

    /// <summary>Wall time.</summary>
    public const string Elapsed = "elapsed_seconds";

    /// <summary>CPU time.</summary>
    public const string Cpu = "cpu_seconds";

    /// <summary>The most memory held.</summary>
    public const string PeakMemory = "peak_memory_bytes";

    /// <summary>Where it ran.</summary>
    public const string Host = "host";

    /// <summary>The commit of its code.</summary>
    public const string Commit = "commit";

    /// <summary>Whether the code had uncommitted changes.</summary>
    public const string Dirty = "dirty";

    /// <summary>The git tree of its code.</summary>
    public const string CodeTree = "code_tree";

    /// <summary>The submission it ran for.</summary>
    public const string Submission = "submission";

    /// <summary>When it ended.</summary>
    public const string EndedAt = "ended_at";

    internal static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        RunId,
        Stage,
        State,
        Reason,
        Flags,
        Attempt,
        Elapsed,
        Cpu,
        PeakMemory,
        Host,
        Commit,
        Dirty,
        CodeTree,
        Submission,
        EndedAt,
    };
}
