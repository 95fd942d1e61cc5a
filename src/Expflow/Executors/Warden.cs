using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>Watches running attempts: walltime, progress, memory, checks, and that what was told to end does end.</summary>
internal sealed class Warden(AgentSetup setup, ActiveAttempts active)
{
    // Runs shorter than this are never looked at: a pass over /proc costs as much as they do.
    private static readonly TimeSpan Young = TimeSpan.FromMilliseconds(300);

    // A shell that is about to become its command can lose a signal; and whoever has just begun has nothing to save that a second one could spoil.
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UntilReminded = TimeSpan.FromSeconds(1);

    private long sampledAt;

    /// <summary>One look at everything that runs.</summary>
    public void Look()
    {
        var attempts = active.Now();
        if (attempts.Count == 0)
            return;
        foreach (var attempt in attempts)
            HoldToTime(attempt);
        if (setup.Time.GetElapsedTime(sampledAt) < setup.BetweenSamples)
            return;
        var grown = attempts.Where(attempt => setup.Time.GetElapsedTime(attempt.StartedAt) > Young).ToList();
        if (grown.Count == 0)
            return;
        sampledAt = setup.Time.GetTimestamp();
        Sample(grown);
    }

    private void HoldToTime(ActiveAttempt attempt)
    {
        if (attempt.Cause is not null)
        {
            // An interrupted run may take as long as it needs to save: the user decides, by asking a second time.
            if (!attempt.Cause.IsPatient && setup.Time.GetElapsedTime(attempt.StoppedAt) > setup.Grace)
                attempt.Kill();
            else if (
                setup.Time.GetElapsedTime(attempt.StartedAt, attempt.StoppedAt) < Beginning
                && setup.Time.GetElapsedTime(attempt.StoppedAt) > UntilReminded
            )
                attempt.Remind();
            return;
        }
        if (
            setup.HoldsLimits
            && attempt.Order.Walltime is { } limit
            && setup.Time.GetElapsedTime(attempt.StartedAt) >= limit
        )
            attempt.Stop(new StopCause.Walltime(limit), setup.Time.GetTimestamp());
        else if (attempt.Progress is { } progress && progress.Hangs())
            attempt.Stop(new StopCause.Hung(progress.Limit), setup.Time.GetTimestamp());
    }

    private void Sample(IReadOnlyList<ActiveAttempt> attempts)
    {
        var table = ProcessTable.Read();
        foreach (var attempt in attempts)
        {
            if (attempt.Session is var session && session == 0)
                continue;
            var (memory, cpu) = table.UsageOf(session);
            attempt.Note(memory, cpu);
            if (setup.HoldsLimits && attempt.Order.Memory is { } asked && memory > asked)
            {
                attempt.Stop(new StopCause.Memory(asked, memory), setup.Time.GetTimestamp());
                // A program that is out of memory is not asked: on a cluster the kernel doesn't either.
                attempt.Kill();
            }
            else if (attempt.Checks?.Look() is { } violation)
                attempt.Stop(new StopCause.Check(violation), setup.Time.GetTimestamp());
        }
    }
}
