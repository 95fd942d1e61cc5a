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
    public sealed record Leftover(ActiveAttempt Attempt, ForeignProcess? Process);

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
    public JournalEvent.AttemptEnded EndOf(ActiveAttempt attempt)
    {
        if (attempt.Place is AttemptPlace.Own own && own.Folder.ReadExit() is { } code)
        {
            var elapsed = File.GetLastWriteTimeUtc(own.Folder.Exit) - Directory.GetCreationTimeUtc(own.Folder.Path);
            var ending = new AttemptJudge.Ending(
                code,
                null,
                Math.Max(0, elapsed.TotalSeconds),
                attempt.CpuSeconds > 0 ? attempt.CpuSeconds : null,
                attempt.PeakMemory > 0 ? attempt.PeakMemory : null
            );
            return AttemptJudge.Judge(attempt, ending.Unwrapped(), setup.Time.GetUtcNow());
        }
        var lost = new Diagnosis.Lost();
        return new()
        {
            At = setup.Time.GetUtcNow(),
            Run = attempt.Order.Run.Id,
            Attempt = attempt.Place.Number,
            Token = attempt.Token,
            // Nothing speaks against the run itself, so it is simply run again.
            Outcome = AttemptOutcome.Again,
            Cause = lost.Cause,
            Reason = lost.Words,
        };
    }

    private Leftover Resolve(RunOrder order, JournalEvent.AttemptStarted started, IReadOnlyList<int> pids)
    {
        var place = PlaceOf(order, started.Attempt);
        var attempt = new ActiveAttempt(order, place, started.Token, setup.Time.GetTimestamp())
        {
            Checks = LiveChecks.For(order.Stage, place),
        };
        // The wrapper shell is the first process of its session; only its exit record can prove how the command ends.
        if (place is AttemptPlace.Own && pids.FirstOrDefault(IsSessionLeader) is > 0 and var leader)
        {
            attempt.RunsAs(leader);
            return new(attempt, new(leader));
        }
        foreach (var pid in pids)
            ProcessTree.Kill(pid, EnvironmentNames.AttemptToken, started.Token);
        return new(attempt, null);
    }

    private AttemptPlace PlaceOf(RunOrder order, int number) =>
        order.IsPacked
            ? new AttemptPlace.Packed("", "", 0, 0) { Number = number }
            : new AttemptPlace.Own(new(orders.FolderOf(order.Run), number)) { Number = number };

    private static bool IsSessionLeader(int pid) => ProcessTable.SessionOf(pid) == pid;
}
