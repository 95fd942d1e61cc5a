using Expflow.Contract;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>
/// Brings the runs of a project to an end on this machine: takes what submissions ask for from the journal, starts what fits, and says in the journal
/// how each attempt ended. It holds the project's local lock, so there is one at a time; whoever submits meanwhile is served by it too.
/// </summary>
public sealed class LocalAgent : IRunKeeper
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenInboxes = TimeSpan.FromMilliseconds(250);

    private readonly AgentSetup setup;
    private readonly AgentJournal journal;
    private readonly JournalFolder inbox;
    private readonly RunOrders orders;
    private readonly Crew crew;
    private readonly Leftovers leftovers;

    private bool interrupted;
    private long inboxReadAt;

    /// <summary>The reason that the journal has for an agent that was asked to stop.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>An agent that hasn't begun. The caller holds the project's local lock.</summary>
    public LocalAgent(AgentSetup setup, JournalWriter writer)
    {
        this.setup = setup;
        journal = new(writer, setup.Log);
        inbox = new(setup.Project.Journal);
        inbox.Skip(writer.Name);
        orders = new(setup);
        crew = new(setup, journal, this);
        leftovers = new(setup, orders);
    }

    /// <summary>Works until nothing is left that could be started, or until asked to stop.</summary>
    /// <param name="save">Asks the runs to save and end; they go on another time.</param>
    /// <param name="end">Ends them at once.</param>
    /// <returns>False when it could not go on: the journal can't be written any more, or another agent has taken its place.</returns>
    public bool Run(CancellationToken save, CancellationToken end)
    {
        ChildProcess.KeepEndings();
        lock (crew.Gate)
        {
            TakeNews();
            foreach (var leftover in leftovers.Find(crew.Ledger))
                TakeOver(leftover);
            ScratchFolders.RemoveOld(setup.Project.Journal, journal.Name);
            // Each run takes a core at least, so more workers than cores would never have work.
            crew.StartWorkers(setup.Machine.Cores);
        }
        if (!Watch(save, end))
            return false;
        crew.Join();
        if (interrupted)
            journal.Say(new JournalEvent.AgentStopped { At = setup.Time.GetUtcNow(), Reason = Interrupted });
        return !journal.IsBroken;
    }

    RunOrder IRunKeeper.OrderOf(RunId run) => orders.Find(run)!;

    bool IRunKeeper.MayStart(RunOrder order) => true;

    void IRunKeeper.Settled(RunOrder order, JournalEvent.Requeued? again) =>
        Offer(again is null ? order : orders.With(order, again));

    private bool Watch(CancellationToken save, CancellationToken end)
    {
        using var onSave = save.Register(crew.Attention.Call);
        using var onEnd = end.Register(crew.Attention.Call);
        while (true)
        {
            crew.Attention.Await(Tick);
            lock (crew.Gate)
            {
                if (IsOver())
                    break;
                if (setup.Time.GetElapsedTime(inboxReadAt) >= BetweenInboxes)
                    TakeNews();
                if (IsReplaced())
                    return false;
                if (save.IsCancellationRequested || end.IsCancellationRequested || journal.IsBroken)
                    Interrupt();
                EndCancelled();
            }
            crew.Look();
            if (end.IsCancellationRequested)
                foreach (var attempt in crew.Active.Now())
                    attempt.Kill();
        }
        lock (crew.Gate)
            crew.Stop();
        return true;
    }

    // Somebody took the lock's file away while this agent lay still. Whoever made a new one owns the attempts now.
    private bool IsReplaced()
    {
        if (setup.Lock is not { IsInPlace: false })
            return false;
        if (File.Exists(setup.Project.LocalLock))
        {
            setup.Log("Another agent has taken over; this one leaves everything to it.");
            return true;
        }
        journal.Break($"'{setup.Project.LocalLock}' was deleted.");
        return false;
    }

    // The last look at the inbox and the decision to stop are one step, so that a submission that came in time is served.
    private bool IsOver()
    {
        if (crew.Busy > 0)
            return false;
        if (crew.IsStopping)
            return true;
        if (crew.Ready.Ready > 0)
            return false;
        // Who submits from here on sees that nobody will look, and starts the next agent.
        setup.Lock?.Withdraw();
        TakeNews();
        if (crew.Ready.Ready == 0)
            return true;
        setup.Lock?.Announce();
        return false;
    }

    // Again and again: an attempt that was about to start comes up after the first time.
    private void Interrupt()
    {
        foreach (var attempt in crew.Active.Now())
            attempt.Stop(new StopCause.Interrupted(), setup.Time.GetTimestamp());
        if (crew.IsStopping)
            return;
        interrupted = true;
        if (!journal.IsBroken)
            setup.Lock?.Withdraw();
        crew.Stop();
    }

    private void TakeNews()
    {
        inboxReadAt = setup.Time.GetTimestamp();
        var news = inbox.ReadNew();
        if (news.Events.Count == 0)
            return;
        crew.Ledger.Add(news.Events);
        var offered = new List<RunOrder>();
        foreach (var happened in news.Events)
            if (happened is JournalEvent.Submitted { Executor: not Executor.Local } elsewhere)
                Forget(elsewhere);
            else if (happened is JournalEvent.Submitted submitted)
                offered.AddRange(orders.Add(submitted));
            else if (happened is JournalEvent.Requeued { Tries: 0, Run: var again } && orders.Renew(again) is { } order)
                offered.Add(order);
            // Another command applied the policy: what waits for an earlier submission keeps its code.
            else if (
                happened is JournalEvent.Requeued { Tries: > 0, Run: var tried }
                && orders.Find(tried) is { } known
            )
                offered.Add(known);
            else if (happened is JournalEvent.Cancelled { Run: var cancelled })
                Cancel(cancelled);
        foreach (var order in offered)
            Offer(order);
        crew.Wake();
    }

    private void Forget(JournalEvent.Submitted elsewhere)
    {
        foreach (var run in orders.Forget(elsewhere))
            crew.Ready.Drop(run);
    }

    /// <summary>Puts a run where its history says it belongs: among those that may start, or nowhere.</summary>
    private void Offer(RunOrder order)
    {
        var run = order.Run;
        if (crew.Has(run.Id))
            return;
        var history = crew.Ledger[run.Id];
        switch (history.State)
        {
            case RunState.Done:
                crew.Ready.Done(run.Id);
                break;
            case RunState.Pending:
                order = orders.With(order, history.Requeued);
                if (setup.Machine.WhyNever(order.Request) is { } never)
                    Refuse(order, history, never);
                else
                    crew.Ready.Add(run, order.Request, need => crew.Ledger[need].State is RunState.Done);
                break;
        }
    }

    private void Refuse(RunOrder order, RunHistory history, string never)
    {
        var diagnosis = new Diagnosis.NotStarted(never);
        var ended = new JournalEvent.AttemptEnded
        {
            At = setup.Time.GetUtcNow(),
            Run = order.Run.Id,
            Attempt = history.Attempt + 1,
            Token = "none",
            Outcome = AttemptOutcome.Failed,
            Cause = diagnosis.Cause,
            Reason = diagnosis.Words,
        };
        journal.Say(ended);
        crew.Ledger.Add([ended]);
    }

    // Cancelled while no agent was there to hear it, or in the moment between its start and its first process.
    private void EndCancelled()
    {
        foreach (var attempt in crew.Active.Now())
            if (crew.Ledger[attempt.Order.Run.Id] is { Cancelled: { } cancelled } history)
                if (cancelled.Turn > (history.Requeued?.Turn ?? 0))
                    attempt.Stop(new StopCause.Cancelled(), setup.Time.GetTimestamp());
    }

    private void Cancel(RunId run)
    {
        if (crew.Ledger[run].Cancelled?.Turn <= (crew.Ledger[run].Requeued?.Turn ?? 0))
            return;
        crew.Ready.Drop(run);
        crew.Active.Find(run)?.Stop(new StopCause.Cancelled(), setup.Time.GetTimestamp());
    }

    private void TakeOver(Leftovers.Leftover leftover)
    {
        var order = leftover.Attempt.Order;
        if (leftover.Process is not { } process)
        {
            crew.Settle(order, leftovers.EndOf(leftover));
            return;
        }
        setup.Log($"Took over attempt {leftover.Attempt.Place.Number} of run '{order.Run.Id}', process {process.Pid}.");
        crew.Begin(order.Run.Id);
        crew.Active.Add(leftover.Attempt);
        // It takes its share of the machine if that is free, which it is: nothing has been started yet.
        var share = setup.Machine.TryTake(order.Request);
        crew.Start(() =>
        {
            process.WaitForEnd();
            leftover.Attempt.HasEnded();
            crew.Active.Remove(leftover.Attempt);
            ProcessTree.Kill(0, EnvironmentNames.AttemptToken, leftover.Attempt.Token);
            crew.Finish(order, share, leftovers.EndOf(leftover));
        });
    }
}
