using Expflow.Contract;
using Expflow.Journal;
using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Executors;

/// <summary>Judges an attempt whose job Slurm was about to end: whether it saved, finished all the same, or lost its work.</summary>
internal static class CutShort
{
    /// <summary>The cause of an attempt that Slurm ended for a reason that only Slurm knows, whether or not it saved: who asks Slurm may say more.</summary>
    private const string Stopped = "stopped";

    private const string Asked = "again";

    /// <summary>The outcome, and the diagnosis if it is a failure.</summary>
    public static (AttemptOutcome, Diagnosis?) OutcomeOf(ActiveAttempt attempt, AttemptJudge.Ending ending)
    {
        if (ending.ExitCode == ExitCodes.Resume)
            return (AttemptOutcome.Again, null);
        var saved = HasSaved(attempt);
        if (ending.ExitCode == 0 && IsBelieved(attempt, saved))
            if (AttemptJudge.OutcomeOfSuccess(attempt) is (AttemptOutcome.Done, _) done)
                return done;
        return !saved && LimitOf(attempt) is { } limit
            ? (AttemptOutcome.Failed, new Diagnosis.TimedOut(Walltime.From(limit)))
            : (AttemptOutcome.Again, null);
    }

    /// <summary>The cause of an attempt that is to go on: it asked for that, or Slurm ended it.</summary>
    public static string AgainCause(ActiveAttempt attempt) => attempt.Cause is StopCause.Terminated ? Stopped : Asked;

    /// <summary>The same in words.</summary>
    public static string AgainWords(ActiveAttempt attempt, AttemptJudge.Ending ending) =>
        attempt.Cause is StopCause.Warned ? "saved before its time limit; goes on from there"
        : ending.ExitCode == ExitCodes.Resume || HasSaved(attempt)
            ? "saved when Slurm ended its job: preempted, cancelled or requeued"
        : "Slurm ended its job: preempted, cancelled or requeued";

    // Whoever is told to end may exit with 0 for having ended as told: then only outputs prove that the work was over.
    private static bool IsBelieved(ActiveAttempt attempt, bool saved) =>
        attempt.Order.Stage.Outputs.Count > 0 || (attempt.Cause is StopCause.Warned && !saved);

    private static bool HasSaved(ActiveAttempt attempt)
    {
        var before = attempt.Cause switch
        {
            StopCause.Warned(_, var saved) => saved,
            StopCause.Terminated(_, var saved) => saved,
            _ => null,
        };
        return Checkpoints.Newest(attempt.Place.RunFolder) is { } now && (before is null || now > before);
    }

    private static TimeSpan? LimitOf(ActiveAttempt attempt) =>
        attempt.Cause switch
        {
            StopCause.Warned(var limit, _) => limit,
            StopCause.Terminated(var limit, _) => limit,
            _ => null,
        };
}
