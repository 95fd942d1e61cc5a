using System.Collections.Frozen;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>A job's state: the word as Slurm gave it, and what it means.</summary>
/// <remarks>Reads long words (<c>OUT_OF_MEMORY</c>), compact codes (<c>OOM</c>, <c>CG</c>), <c>CANCELLED by 1000</c>, and <c>CANCELLED+</c> where a column was cut.</remarks>
public readonly record struct JobState
{
    private static readonly FrozenDictionary<string, JobStateKind> Words = KnownWords()
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly string? word;

    private JobState(string word, JobStateKind kind, long? by) => (this.word, Kind, By) = (word, kind, by);

    /// <summary>The word as it came; empty where there was none.</summary>
    public string Word => word ?? "";

    /// <summary>What the word means.</summary>
    public JobStateKind Kind { get; }

    /// <summary>The user id that cancelled the job (from <c>sacct</c>); otherwise null.</summary>
    public long? By { get; }

    /// <summary>Whether the job is still to end: it waits, runs, or is on its way between the two.</summary>
    public bool IsLive =>
        Kind
            is JobStateKind.Pending
                or JobStateKind.Running
                or JobStateKind.Suspended
                or JobStateKind.Completing
                or JobStateKind.Configuring
                or JobStateKind.Resizing
                or JobStateKind.ReservationDeletedHold
                or JobStateKind.Requeued
                or JobStateKind.RequeuedFederation
                or JobStateKind.RequeuedHold
                or JobStateKind.SpecialExit
                or JobStateKind.Signaling
                or JobStateKind.StagingOut
                or JobStateKind.Stopped
                or JobStateKind.PoweringUp
                or JobStateKind.Expediting;

    /// <summary>Whether the job is over for good, well or badly. An unknown word is neither live nor over.</summary>
    public bool IsOver => Kind != JobStateKind.Unknown && !IsLive;

    /// <summary>Whether it waits without nodes: pending, or put back into the queue.</summary>
    public bool IsWaiting =>
        Kind
            is JobStateKind.Pending
                or JobStateKind.Requeued
                or JobStateKind.RequeuedFederation
                or JobStateKind.RequeuedHold
                or JobStateKind.SpecialExit
                or JobStateKind.ReservationDeletedHold
                or JobStateKind.Expediting;

    /// <summary>Whether the job is over without this cluster ever having started it: it ran elsewhere in the federation.</summary>
    public bool NeverHappened => Kind == JobStateKind.Revoked;

    /// <summary>Whether it ended with exit code 0.</summary>
    public bool IsCompleted => Kind == JobStateKind.Completed;

    /// <summary>Reads a word; one that isn't known is kept as <see cref="JobStateKind.Unknown"/>.</summary>
    public static JobState Parse(string? text)
    {
        var word = text?.Trim() ?? "";
        var first = word.Split(' ', '+')[0];
        if (Words.TryGetValue(first, out var kind))
            return new(word, kind, kind == JobStateKind.Cancelled ? Canceller(word) : null);
        return new(word, JobStateKind.Unknown, null);
    }

    /// <summary>The word as it came.</summary>
    public override string ToString() => Word;

    // "CANCELLED by 1000".
    private static long? Canceller(string word) =>
        word.Split(' ') is [_, "by", var user]
        && long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static Dictionary<string, JobStateKind> KnownWords()
    {
        var words = new Dictionary<string, JobStateKind>();
        foreach (var (kind, names) in Table())
        foreach (var name in names.Split(' '))
            words.Add(name, kind);
        return words;
    }

    // Long word, compact code, and the other spellings that versions and plug-ins use.
    private static (JobStateKind Kind, string Words)[] Table() =>
        [
            (JobStateKind.Pending, "PENDING PD"),
            (JobStateKind.Running, "RUNNING R"),
            (JobStateKind.Suspended, "SUSPENDED S"),
            (JobStateKind.Completed, "COMPLETED CD"),
            (JobStateKind.Cancelled, "CANCELLED CA CANCELED"),
            (JobStateKind.Failed, "FAILED F"),
            (JobStateKind.TimedOut, "TIMEOUT TO"),
            (JobStateKind.NodeFailed, "NODE_FAIL NF"),
            (JobStateKind.Preempted, "PREEMPTED PR"),
            (JobStateKind.BootFailed, "BOOT_FAIL BF"),
            (JobStateKind.DeadlinePassed, "DEADLINE DL"),
            (JobStateKind.OutOfMemory, "OUT_OF_MEMORY OOM OUT_OF_ME OUT_OF_MEM"),
            (JobStateKind.Completing, "COMPLETING CG"),
            (JobStateKind.Configuring, "CONFIGURING CF"),
            (JobStateKind.Resizing, "RESIZING RS"),
            (JobStateKind.ReservationDeletedHold, "RESV_DEL_HOLD RD"),
            (JobStateKind.Requeued, "REQUEUED RQ"),
            (JobStateKind.RequeuedFederation, "REQUEUE_FED RF"),
            (JobStateKind.RequeuedHold, "REQUEUE_HOLD RH REQUEUED_HOLD"),
            (JobStateKind.SpecialExit, "SPECIAL_EXIT SE"),
            (JobStateKind.Revoked, "REVOKED RV"),
            (JobStateKind.Signaling, "SIGNALING SI"),
            (JobStateKind.StagingOut, "STAGE_OUT SO"),
            (JobStateKind.Stopped, "STOPPED ST"),
            (JobStateKind.LaunchFailed, "LAUNCH_FAILED LF"),
            (JobStateKind.ReconfigureFailed, "RECONFIG_FAIL RECONF_FAIL"),
            (JobStateKind.PoweringUp, "POWER_UP_NODE PU"),
            (JobStateKind.Expediting, "EXPEDITING EX EXPEDITED"),
        ];
}
