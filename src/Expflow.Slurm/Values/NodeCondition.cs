namespace Expflow.Slurm;

/// <summary>How a node stands, for counting.</summary>
public enum NodeCondition
{
    /// <summary>A word that isn't known here, or none.</summary>
    Unknown,

    /// <summary>Nothing runs on it.</summary>
    Idle,

    /// <summary>Some of it is in use.</summary>
    Mixed,

    /// <summary>All of its CPUs are in use.</summary>
    Allocated,

    /// <summary>Taken out of service by an administrator, with or without jobs that may still end.</summary>
    Drained,

    /// <summary>Down, failed, not answering, or not there (yet).</summary>
    Down,

    /// <summary>Kept for a reservation or for maintenance.</summary>
    Reserved,
}

/// <summary>Reads states of nodes as <c>scontrol</c> and <c>sinfo</c> write them.</summary>
public static class NodeConditions
{
    // The first that is among a state's words decides: MIXED+DRAIN takes no jobs, DOWN+DRAIN has none.
    private static readonly (NodeCondition Condition, string[] Words)[] Table =
    [
        (
            NodeCondition.Down,
            ["DOWN", "ERROR", "FAIL", "FAILING", "FUTURE", "INVAL", "INVALID_REG", "NOT_RESPONDING", "UNKNOWN"]
        ),
        (NodeCondition.Drained, ["DRAIN", "DRAINED", "DRAINING"]),
        (NodeCondition.Reserved, ["RESERVED", "RESV", "MAINT", "MAINTENANCE", "BLOCKED", "PERFCTRS", "NPC"]),
        (NodeCondition.Mixed, ["MIXED", "MIX"]),
        (NodeCondition.Allocated, ["ALLOCATED", "ALLOC", "COMPLETING", "COMP"]),
        // A node that is powered down is powered up when a job needs it; one that is planned for a job is free until then.
        (
            NodeCondition.Idle,
            ["IDLE", "POWERED_DOWN", "POWERING_DOWN", "POWERING_UP", "POWER_DOWN", "POWER_UP", "PLANNED", "PLND"]
        ),
    ];

    // Not responding, powering up or down, reserved, planned, …
    private static readonly char[] Marks = ['*', '~', '#', '!', '%', '$', '@', '^', '-', '+'];

    /// <summary>What a state comes to: <c>IDLE</c>, <c>MIXED+DRAIN</c>, <c>DOWN*+NOT_RESPONDING</c>, <c>mixed-</c>, <c>idle~</c>.</summary>
    public static NodeCondition Of(string state)
    {
        // What the marks of a short form mean: '*' doesn't answer, '$' and '@' are maintenance and a reboot to come.
        if (state.EndsWith('*'))
            return NodeCondition.Down;
        if (state.EndsWith('$'))
            return NodeCondition.Reserved;
        var words = state
            .ToUpperInvariant()
            .Split('+', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimEnd(Marks))
            .ToList();
        foreach (var (condition, known) in Table)
            if (words.Exists(word => known.Contains(word)))
                return condition;
        return NodeCondition.Unknown;
    }
}
