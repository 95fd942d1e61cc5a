using Expflow.Arrays;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>Puts in order what agents of a pool left that died: closes their open attempts, and gives back to the queue what has not ended. Each once.</summary>
public sealed class PoolReaper
{
    // A run that takes its agent along each time would do so for ever.
    private const int MostLost = 10;

    private readonly AgentSetup setup;
    private readonly PoolFolder pool;
    private readonly AgentJournal journal;
    private readonly DeadAgents dead;

    internal PoolReaper(AgentSetup setup, PoolFolder pool, AgentJournal journal, DeadAgents dead) =>
        (this.setup, this.pool, this.journal, this.dead) = (setup, pool, journal, dead);

    /// <summary>A round of a command that is no agent itself. It asks nobody unless some agent has been silent for a while.</summary>
    /// <param name="setup">The project, this machine, and how experiments are read.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="dead">Finds agents that died.</param>
    /// <param name="openJournal">Opens a journal file for what is found.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>How many agents were found dead.</returns>
    /// <exception cref="IOException">The project can't be written: somebody who may write will look, too.</exception>
    public static async Task<int> PutRightAsync(
        AgentSetup setup,
        PoolFolder pool,
        DeadAgents dead,
        Func<JournalWriter> openJournal,
        CancellationToken cancel = default
    )
    {
        if (!dead.MayBeSome(pool))
            return 0;
        using var writer = openJournal();
        var own = ClaimFolder.Create(
            pool,
            new()
            {
                Agent = writer.Name,
                Host = setup.Host,
                Process = ProcessIdentity.Of(Environment.ProcessId)?.ToString(),
                At = setup.Time.GetUtcNow(),
            }
        );
        try
        {
            return await new PoolReaper(setup, pool, new(writer, setup.Log), dead).RoundAsync(own, cancel);
        }
        finally
        {
            own.Remove();
        }
    }

    /// <summary>Looks for agents that died, and puts right what they left.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">The project can't be written.</exception>
    internal async Task<int> RoundAsync(ClaimFolder own, CancellationToken cancel = default)
    {
        var found = await dead.FindAsync(pool, own, cancel);
        return found.Count(claim => Reap(claim, own));
    }

    private bool Reap(Claim claim, ClaimFolder own)
    {
        if (claim.Take(own) is not { } folder)
            return false;
        var all = folder.Read();
        var runs = all.SelectMany(batch => batch.Tasks).Select(task => task.Run.Id).ToHashSet();
        var news = JournalNews.Of(runs);
        new JournalFolder(setup.Project.Journal).ReadNew(news);
        var ledger = new RunLedger();
        ledger.Add(news.Events);
        var batches = WithoutOthers(all, ledger, TurnsOf(claim.Agent, runs));
        var lost = news
            .Events.OfType<JournalEvent.AttemptEnded>()
            .Where(ended => ended.Cause == new Diagnosis.Lost().Cause)
            .CountBy(ended => ended.Run)
            .ToDictionary();
        var ends = batches.SelectMany(batch => Close(batch, ledger, lost)).ToList();
        if (ends.Count > 0 && !(journal.Say(ends) && journal.Settle()))
            return false;
        ledger.Add(ends);
        if (!folder.GiveUp(batches.Select(batch => Left(batch, ledger)), setup.Random))
            return false;
        setup.Log(
            $"Agent '{claim.Agent}' of job {claim.Note?.Job ?? "none"} is dead: {ends.Count} attempts of it were closed."
        );
        return true;
    }

    // The last order that the dead agent gave itself for each run that it tried again.
    private Dictionary<RunId, int> TurnsOf(string agent, HashSet<RunId> runs)
    {
        var said = JournalNews.Of(runs);
        new JournalFolder(setup.Project.Journal).ReadNewOf(agent, said);
        return said
            .Events.OfType<JournalEvent.Requeued>()
            .GroupBy(again => again.Run)
            .ToDictionary(run => run.Key, run => run.Max(again => again.Turn));
    }

    // What somebody else has ordered anew stands in the queue by another line, and may be at work with another agent.
    private static List<Batch> WithoutOthers(
        IReadOnlyList<Batch> batches,
        RunLedger ledger,
        Dictionary<RunId, int> turns
    ) =>
        [
            .. batches.Select(batch =>
                batch with
                {
                    Tasks =
                    [
                        .. batch.Tasks.Where(task =>
                            ledger[task.Run.Id].Requeued is not { Turn: var turn }
                            || turn <= Math.Max(task.Turn, turns.GetValueOrDefault(task.Run.Id))
                        ),
                    ],
                }
            ),
        ];

    private IEnumerable<JournalEvent> Close(Batch batch, RunLedger ledger, Dictionary<RunId, int> lost)
    {
        var experiment = new Lazy<Experiment?>(() => setup.ReadExperiment(batch.Header.Resolved));
        foreach (var task in batch.Tasks)
            if (ledger[task.Run.Id].State is RunState.Running(var started))
                yield return EndOf(batch, task, started, experiment, lost.GetValueOrDefault(task.Run.Id));
    }

    private JournalEvent.AttemptEnded EndOf(
        Batch batch,
        ArrayTask task,
        JournalEvent.AttemptStarted started,
        Lazy<Experiment?> experiment,
        int lostBefore
    )
    {
        var now = setup.Time.GetUtcNow();
        if (experiment.Value is { } read && Recorded(batch, task, started, read, now) is { } recorded)
            return recorded;
        var lost = Leftovers.Lost(task.Run.Id, started.Attempt, started.Token, now);
        if (lostBefore + 1 < MostLost)
            return lost;
        var often = new Diagnosis.RestartedTooOften(lostBefore + 1);
        return lost with { Outcome = AttemptOutcome.Failed, Cause = often.Cause, Reason = often.Words };
    }

    // A signal is no end of its own: its job took it along.
    private JournalEvent.AttemptEnded? Recorded(
        Batch batch,
        ArrayTask task,
        JournalEvent.AttemptStarted started,
        Experiment experiment,
        DateTimeOffset now
    )
    {
        if (TaskOrder.OrderOf(setup.Project, batch.Header, task, experiment) is not { IsPacked: false } order)
            return null;
        var folder = new AttemptFolder(setup.FolderOf(task.Run), started.Attempt);
        if (folder.ReadExit() is null or > 128)
            return null;
        var place = new AttemptPlace.Own(folder) { Number = started.Attempt };
        var attempt = new ActiveAttempt(order, place, started.Token, 0) { Checks = LiveChecks.For(order.Stage, place) };
        return Leftovers.FromRecord(attempt, started.At, now);
    }

    private static Batch Left(Batch batch, RunLedger ledger) =>
        batch with
        {
            Tasks =
            [
                .. batch
                    .Tasks.Where(task => ledger[task.Run.Id].State is RunState.Pending)
                    .Select(task => WithHistory(task, ledger[task.Run.Id])),
            ],
        };

    private static ArrayTask WithHistory(ArrayTask task, RunHistory history) =>
        task with
        {
            After = Math.Max(task.After, history.Attempt),
            Turn = Math.Max(task.Turn, history.Turn),
            Requeued = history.Requeued is { } requeued ? JournalText.Write(requeued) : task.Requeued,
        };
}
