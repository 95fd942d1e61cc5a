using Expflow.Contract;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>
/// What an agent that died has left behind: attempts that the journal says have started on this host and not ended. Each is taken over while its command
/// lives, closed from its exit record when it has ended, and given up otherwise, with every process of it ended first.
/// </summary>
internal sealed class Leftovers(AgentSetup setup, RunOrders orders)
{
    /// <summary>An attempt to be dealt with, and the process to wait for; null when none lives.</summary>
    public sealed record Leftover(ActiveAttempt Attempt, DateTimeOffset Began, ForeignProcess? Process);

    /// <summary>All that is left over; processes that nobody can take over have been ended when this returns.</summary>
    public IReadOnlyList<Leftover> Find(RunLedger ledger)
    {
        var marks = ProcessMarks.Find(EnvironmentNames.AttemptToken).ToLookup(mark => mark.Value, mark => mark.Pid);
        var found = new List<Leftover>();
        foreach (var (run, history) in ledger.Histories)
            if (history.State is RunState.Running(var started) && started.Host == setup.Host)
                if (orders.Find(run) is { } order)
                    found.Add(Resolve(order, started, [.. marks[started.Token]]));
        return found;
    }

    /// <summary>The end of an attempt whose process is gone: from its exit record, or that nobody saw it.</summary>
    public JournalEvent.AttemptEnded EndOf(Leftover leftover)
    {
        var attempt = leftover.Attempt;
        if (FromRecord(attempt, leftover.Began, setup.Time.GetUtcNow()) is { } recorded)
            return recorded;
        // Ended by this agent, before the wrapper could write anything down.
        if (attempt.Cause is not null)
        {
            var elapsed = setup.Time.GetElapsedTime(attempt.StartedAt);
            return AttemptJudge.Judge(
                attempt,
                EndingOf(attempt, null, Native.SigKill, elapsed),
                setup.Time.GetUtcNow()
            );
        }
        return Lost(attempt.Order.Run.Id, attempt.Place.Number, attempt.Token, setup.Time.GetUtcNow());
    }

    /// <summary>The end of an attempt from the record that the shell around its command has left; null when there is none.</summary>
    internal static JournalEvent.AttemptEnded? FromRecord(
        ActiveAttempt attempt,
        DateTimeOffset began,
        DateTimeOffset now
    )
    {
        if (attempt.Place is not AttemptPlace.Own own || own.Folder.ReadExit() is not { } code)
            return null;
        var elapsed = new DateTimeOffset(File.GetLastWriteTimeUtc(own.Folder.Exit)) - began;
        return AttemptJudge.Judge(attempt, EndingOf(attempt, code, null, elapsed), now);
    }

    /// <summary>The end of an attempt of which nobody saw how it ended.</summary>
    internal static JournalEvent.AttemptEnded Lost(RunId run, int attempt, string token, DateTimeOffset now)
    {
        var lost = new Diagnosis.Lost();
        return new()
        {
            At = now,
            Run = run,
            Attempt = attempt,
            Token = token,
            // Nothing speaks against the run itself, so it is simply run again.
            Outcome = AttemptOutcome.Again,
            Cause = lost.Cause,
            Reason = lost.Words,
        };
    }

    private Leftover Resolve(RunOrder order, JournalEvent.AttemptStarted started, IReadOnlyList<int> pids)
    {
        var place = PlaceOf(order, started.Attempt);
        // The wrapper shell is the first process of its session; only its exit record can prove how the command ends.
        var leader = place is AttemptPlace.Own ? pids.FirstOrDefault(IsSessionLeader) : 0;
        var attempt = new ActiveAttempt(order, place, started.Token, BeganAt(leader))
        {
            Checks = LiveChecks.For(order.Stage, place),
            Progress = ProgressWatch.For(order.Stage, place, setup.Time),
        };
        if (leader > 0)
        {
            attempt.RunsAs(leader);
            return new(attempt, started.At, new(leader));
        }
        foreach (var pid in pids)
            ProcessTree.Kill(pid, EnvironmentNames.AttemptToken, started.Token);
        return new(attempt, started.At, null);
    }

    // The walltime goes on counting from the process's own start, whatever the wall clock did meanwhile.
    private long BeganAt(int pid)
    {
        var age = ProcessIdentity.Of(pid)?.Age ?? TimeSpan.Zero;
        return setup.Time.GetTimestamp() - (long)(age.TotalSeconds * setup.Time.TimestampFrequency);
    }

    private static AttemptJudge.Ending EndingOf(ActiveAttempt attempt, int? code, int? signal, TimeSpan elapsed) =>
        new AttemptJudge.Ending(
            code,
            signal,
            Math.Max(0, elapsed.TotalSeconds),
            attempt.CpuSeconds > 0 ? attempt.CpuSeconds : null,
            attempt.PeakMemory > 0 ? attempt.PeakMemory : null
        ).Unwrapped();

    private AttemptPlace PlaceOf(RunOrder order, int number) =>
        order.IsPacked
            ? new AttemptPlace.Packed("", "", 0, 0) { Number = number }
            : new AttemptPlace.Own(new(setup.FolderOf(order.Run), number)) { Number = number };

    private static bool IsSessionLeader(int pid) => ProcessTable.SessionOf(pid) == pid;
}
