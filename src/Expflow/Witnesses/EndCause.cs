using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>Why a task ended, from what the accounting says of it and from what it left on disk.</summary>
public static class EndCause
{
    // Sites that poll memory (jobacct_gather) see the last sample before the kill, a little below the limit.
    private const double NearLimit = 0.9;

    // Slurm's own signals: 53 for a job that could not be started, 125 for memory.
    private const int LaunchFailure = 53;
    private const int MemoryMark = 125;
    private const int Kill = 9;

    // A shell's exit code for a command that a signal ended.
    private const int SignalBase = 128;

    /// <summary>The diagnosis; null when the state says nothing of how it ended well or badly: it ended with exit code 0, or hasn't ended.</summary>
    public static Diagnosis? Of(AccountedEnd end, TracesLeft traces) =>
        end.State.Kind switch
        {
            JobStateKind.OutOfMemory => OutOfMemory(end, traces),
            JobStateKind.TimedOut => new Diagnosis.TimedOut(LimitOf(end, traces)),
            JobStateKind.NodeFailed or JobStateKind.BootFailed => new Diagnosis.NodeFailed(end.Nodes),
            JobStateKind.Preempted => new Diagnosis.Preempted(),
            JobStateKind.Cancelled => Cancelled(end),
            JobStateKind.DeadlinePassed => new Diagnosis.NeverStarted("its deadline passed"),
            JobStateKind.LaunchFailed or JobStateKind.ReconfigureFailed => new Diagnosis.NeverStarted(
                "its node could not be made ready"
            ),
            JobStateKind.Failed => Failed(end, traces),
            _ => null,
        };

    private static Diagnosis Failed(AccountedEnd end, TracesLeft traces)
    {
        var exit = end.Exit ?? new SlurmExitCode(1, 0);
        var signal =
            exit.Signal > 0 ? exit.Signal
            : exit.Code > SignalBase ? exit.Code - SignalBase
            : 0;
        if (signal == LaunchFailure || end.Reason is "JobLaunchFailure" or "launch failed requeued held")
            return new Diagnosis.NeverStarted(
                "the node could not start it; the folder of its log, the file system or the node may be at fault"
            );
        if (signal == MemoryMark || end.HasStepOutOfMemory || (signal == Kill && IsNearLimit(end)))
            return OutOfMemory(end, traces);
        Diagnosis seen = signal > 0 ? new Diagnosis.Signalled(signal) : new Diagnosis.BadExit(exit.Code);
        return Explained(seen, end, traces);
    }

    private static Diagnosis.CancelledBy Cancelled(AccountedEnd end) =>
        end.State.By switch
        {
            null => new(null, IsOwner: true),
            { } by when end.Owner is null || by == end.Owner => new(null, IsOwner: true),
            0 => new("root", IsOwner: false),
            { } by => new($"the user with the id {by}", IsOwner: false),
        };

    private static Diagnosis.OutOfMemory OutOfMemory(AccountedEnd end, TracesLeft traces) =>
        new(AskedOf(end, traces), PeakOf(end));

    private static bool IsNearLimit(AccountedEnd end) =>
        end is { PeakMemory: { } peak, Memory: { } had } && peak >= had * NearLimit;

    /// <summary>What was seen, in the light of what the log says.</summary>
    internal static Diagnosis Explained(Diagnosis seen, AccountedEnd? end, TracesLeft traces) =>
        traces.Clue?.Explain(seen, AskedOf(end, traces), PeakOf(end), LimitOf(end, traces)) ?? seen;

    private static MemorySize? AskedOf(AccountedEnd? end, TracesLeft traces) =>
        traces.Asked ?? (end?.Memory is { } had ? MemorySize.FromBytes(had) : null);

    private static MemorySize? PeakOf(AccountedEnd? end) =>
        end?.PeakMemory is > 0 and var peak ? MemorySize.FromBytes(peak) : null;

    private static Walltime? LimitOf(AccountedEnd? end, TracesLeft traces) =>
        traces.Limit ?? (end?.TimeLimit is { } limit && limit > TimeSpan.Zero ? Walltime.From(limit) : null);
}
