namespace Expflow.Slurm;

/// <summary>What Slurm's programs print when they say no, and when nobody answered them.</summary>
/// <remarks>From <c>slurm_errno.c</c> of 20.11 to 25.05: texts changed their case and ends between versions, so that parts are looked for.</remarks>
internal static class RefusalTexts
{
    // More telling ones first: a limit's own name comes a line before the general sentence.
    private static readonly (string Part, RefusalKind Kind)[] Table =
    [
        ("MaxSubmitJob", RefusalKind.SubmitLimit),
        ("GrpSubmitJob", RefusalKind.SubmitLimit),
        ("MaxWallDuration", RefusalKind.TimeLimit),
        ("QOSMax", RefusalKind.ResourceLimit),
        ("QOSGrp", RefusalKind.ResourceLimit),
        ("QOSMin", RefusalKind.ResourceLimit),
        ("AssocMax", RefusalKind.ResourceLimit),
        ("AssocGrp", RefusalKind.ResourceLimit),
        ("Job violates accounting/QOS policy", RefusalKind.SubmitOrResourceLimit),
        ("Invalid account", RefusalKind.InvalidAccount),
        ("account is not allowed", RefusalKind.PartitionNotAllowed),
        ("not permitted to use this partition", RefusalKind.PartitionNotAllowed),
        ("group not permitted", RefusalKind.PartitionNotAllowed),
        ("account not permitted", RefusalKind.PartitionNotAllowed),
        ("invalid partition specified", RefusalKind.InvalidPartition),
        ("Invalid partition name", RefusalKind.InvalidPartition),
        ("No partition specified", RefusalKind.InvalidPartition),
        ("Required partition not available", RefusalKind.PartitionUnavailable),
        ("Requested partition configuration not available", RefusalKind.NodesCannotMeet),
        ("Invalid qos", RefusalKind.InvalidQos),
        ("qos not permitted", RefusalKind.PartitionNotAllowed),
        ("reservation is invalid", RefusalKind.InvalidReservation),
        ("Access denied to requested reservation", RefusalKind.InvalidReservation),
        ("Invalid feature specification", RefusalKind.InvalidFeature),
        ("Invalid generic resource", RefusalKind.InvalidGres),
        ("Invalid Trackable RESource", RefusalKind.InvalidGres),
        ("Invalid GRES", RefusalKind.InvalidGres),
        ("job queue full", RefusalKind.QueueFull),
        ("temporarily unable to accept job", RefusalKind.QueueFull),
        ("Job creation temporarily disabled", RefusalKind.QueueFull),
        ("submissions disabled", RefusalKind.QueueFull),
        ("Invalid job array", RefusalKind.InvalidArray),
        ("Invalid array", RefusalKind.InvalidArray),
        ("Job dependency", RefusalKind.InvalidDependency),
        ("dependency", RefusalKind.InvalidDependency),
        ("Memory required by task", RefusalKind.TooMuchMemory),
        ("Memory specification can not be satisfied", RefusalKind.TooMuchMemory),
        ("CPU count per node can not be satisfied", RefusalKind.TooManyCpus),
        ("More processors requested than permitted", RefusalKind.TooManyCpus),
        ("Node count specification invalid", RefusalKind.TooManyNodes),
        ("More nodes requested than permitted", RefusalKind.TooManyNodes),
        ("Node count specification", RefusalKind.TooManyNodes),
        ("time limit", RefusalKind.TimeLimit),
        ("Time limit specification", RefusalKind.TimeLimit),
        ("Requested node configuration is not available", RefusalKind.NodesCannotMeet),
        ("Invalid node name specified", RefusalKind.NodesCannotMeet),
        ("Job/step already completing or completed", RefusalKind.AlreadyEnded),
        ("already finished", RefusalKind.AlreadyEnded),
        ("job is in the process of completing", RefusalKind.AlreadyEnded),
        ("Invalid job id", RefusalKind.InvalidJobId),
        ("Job has not yet started", RefusalKind.WrongState),
        ("is pending execution", RefusalKind.WrongState),
        ("Job is no longer pending", RefusalKind.WrongState),
        ("Requested operation is presently disabled", RefusalKind.WrongState),
        ("Requested operation not supported", RefusalKind.WrongState),
        ("job is not in a held state", RefusalKind.WrongState),
        ("Access/permission denied", RefusalKind.AccessDenied),
        ("Access denied", RefusalKind.AccessDenied),
        ("Invalid user id", RefusalKind.AccessDenied),
        ("Only the owner", RefusalKind.AccessDenied),
        ("authentication", RefusalKind.Authentication),
        ("Munge encode failed", RefusalKind.Authentication),
        ("Invalid authentication credential", RefusalKind.Authentication),
        ("unrecognized option", RefusalKind.InvalidOption),
        ("invalid option", RefusalKind.InvalidOption),
        ("Invalid --", RefusalKind.InvalidOption),
        ("Invalid job format specification", RefusalKind.InvalidOption),
        ("Invalid field requested", RefusalKind.InvalidOption),
        ("Unknown field", RefusalKind.InvalidOption),
        ("Invalid option", RefusalKind.InvalidOption),
        ("I/O error writing script/environment", RefusalKind.ControllerTrouble),
        ("Slurm database error", RefusalKind.ControllerTrouble),
        ("does not look like a batch script", RefusalKind.InvalidScript),
        ("DOS line breaks", RefusalKind.InvalidScript),
        ("Batch script is empty", RefusalKind.InvalidScript),
        ("contains null characters", RefusalKind.InvalidScript),
        ("accounting storage is disabled", RefusalKind.AccountingDisabled),
        ("not running a supported accounting_storage", RefusalKind.AccountingDisabled),
        ("Could not establish a configuration source", RefusalKind.NotConfigured),
        ("Unable to process configuration file", RefusalKind.NotConfigured),
        ("DNS SRV lookup failed", RefusalKind.NotConfigured),
    ];

    private static readonly string[] Silences =
    [
        "Socket timed out",
        "Unable to contact slurm controller",
        "Connection refused",
        "Connection timed out",
        "Connection reset by peer",
        "No route to host",
        "Network is unreachable",
        "Zero Bytes were transmitted or received",
        "Unable to establish controller machine",
        "Communication connection failure",
        "Unexpected message received",
        "Message send failure",
        "Message receive failure",
        "Transport endpoint is not connected",
        "in standby mode",
        "failed to open persistent connection",
        "Sending PersistInit msg",
        "Slurm temporarily unable to accept request",
        "Resource temporarily unavailable",
        "controller not responding",
        "Problem talking to the database",
        "Unable to connect to database",
        "Address family not supported",
    ];

    /// <summary>Whether the words say that nobody answered, so that what was asked may or may not have been done.</summary>
    internal static bool SaysNobodyAnswered(string words) =>
        Array.Exists(Silences, part => words.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether sbatch says that it was turned away and will try again by itself, for two minutes or more.</summary>
    internal static bool SaysTurnedAway(string words) =>
        words.Contains("sleeping and retrying", StringComparison.OrdinalIgnoreCase)
            && !words.Contains("not responding", StringComparison.OrdinalIgnoreCase)
        || words.Contains("temporarily disabled, retrying", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is behind a refusal's words.</summary>
    internal static RefusalKind KindOf(string words)
    {
        foreach (var (part, kind) in Table)
            if (words.Contains(part, StringComparison.OrdinalIgnoreCase))
                return kind;
        return RefusalKind.Other;
    }

    /// <summary>The words without what stands before them in every line: <c>sbatch: error: </c>.</summary>
    internal static string Plain(string stderr)
    {
        var lines = stderr.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join("; ", lines.Select(PlainLine).Distinct());
    }

    private static string PlainLine(string line)
    {
        foreach (
            var program in (ReadOnlySpan<string>)
                ["sbatch", "squeue", "sacct", "scontrol", "scancel", "sinfo", "sacctmgr", "sdiag"]
        )
            if (line.StartsWith($"{program}: ", StringComparison.Ordinal))
                line = line[(program.Length + 2)..];
        return line.StartsWith("error: ", StringComparison.Ordinal) ? line["error: ".Length..] : line;
    }
}
