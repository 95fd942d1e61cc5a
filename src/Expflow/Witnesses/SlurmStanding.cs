using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>Where one run stands with Slurm, and Slurm's words for it.</summary>
public sealed record SlurmStanding
{
    /// <summary>Where.</summary>
    public required SlurmPlace Place { get; init; }

    /// <summary>The job, as Slurm writes it: <c>123_4</c>; null when there is none.</summary>
    public string? Job { get; init; }

    /// <summary>The state as Slurm has it; null when the queue doesn't have it.</summary>
    public string? State { get; init; }

    /// <summary>Why it waits, in Slurm's word; null when it doesn't, or Slurm doesn't say.</summary>
    public string? Reason { get; init; }

    /// <summary>When Slurm expects it to start; null when it doesn't say.</summary>
    public DateTimeOffset? ExpectedStart { get; init; }

    /// <summary>The nodes that it has.</summary>
    public string? Nodes { get; init; }

    /// <summary>Since when it runs.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What a screen says of it: a fragment such as <c>waits: jobs of higher priority are ahead</c>.</summary>
    public required string Words { get; init; }

    /// <summary>True while something can still happen without anybody's doing.</summary>
    public bool IsAlive =>
        Place is not (SlurmPlace.Unsubmitted or SlurmPlace.Blocked or SlurmPlace.Left or SlurmPlace.Unasked);

    /// <summary>A run that the queue has.</summary>
    public static SlurmStanding Of(QueuedJob row, TaskPlace place)
    {
        var at = PlaceOf(row, place.Array);
        return new()
        {
            Place = at,
            Job = place.Job,
            State = row.State.Word,
            Reason = row.State.IsWaiting && !row.Reason.IsNone ? row.Reason.Word : null,
            ExpectedStart = row.State.IsWaiting ? row.Start : null,
            Nodes = row.Nodes,
            Since = row.State.IsWaiting ? null : row.Start,
            Words = WordsOf(at, row),
        };
    }

    /// <summary>A run of which the queue has nothing, for a reason that is known.</summary>
    public static SlurmStanding Without(SlurmPlace at, string? job, string words) =>
        new()
        {
            Place = at,
            Job = job,
            Words = words,
        };

    private static SlurmPlace PlaceOf(QueuedJob row, LiveArray array) =>
        row.State.Kind switch
        {
            JobStateKind.Completing or JobStateKind.Signaling or JobStateKind.StagingOut => SlurmPlace.Completing,
            JobStateKind.Configuring or JobStateKind.PoweringUp => SlurmPlace.Starting,
            JobStateKind.Suspended or JobStateKind.Stopped => SlurmPlace.Suspended,
            JobStateKind.RequeuedHold or JobStateKind.SpecialExit => SlurmPlace.Blocked,
            _ when !row.State.IsWaiting => SlurmPlace.Running,
            _ when row.Reason.Word is "JobHeldUser" && !array.IsReleased => SlurmPlace.HeldByExpflow,
            _ when row.Reason.NeverEnds => SlurmPlace.Blocked,
            JobStateKind.Requeued or JobStateKind.RequeuedFederation => SlurmPlace.Requeued,
            _ => row.Restarts > 0 ? SlurmPlace.Requeued : SlurmPlace.Waiting,
        };

    private static string WordsOf(SlurmPlace at, QueuedJob row) =>
        at switch
        {
            SlurmPlace.Completing => "is ending",
            SlurmPlace.Starting => "its node is being made ready",
            SlurmPlace.Suspended => "has its node, but is stopped for another job",
            SlurmPlace.Running => "runs",
            SlurmPlace.HeldByExpflow => "held by expflow until the whole submission is in",
            SlurmPlace.Requeued => $"put back into the queue, waits{Because(row.Reason)}",
            _ => $"waits{Because(row.Reason)}{(row.Reason.Hint is { } hint ? $" ({hint})" : "")}",
        };

    private static string Because(WaitingReason reason) =>
        reason.IsNone ? ""
        : reason.Words == reason.Word ? $": {reason.Word}"
        : $": {reason.Word}, {reason.Words}";
}
