using Expflow.Contract;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>
/// Brings the runs of a project to an end on this machine: takes what submissions ask for from the journal, starts what fits, and says in the journal
/// how each attempt ended. It holds the project's local lock, so there is one at a time; whoever submits meanwhile is served by it too.
/// </summary>
public sealed class LocalAgent
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenInboxes = TimeSpan.FromMilliseconds(250);

    private readonly object gate = new();

    // Apart from the gate, so that the end of each short run doesn't wake the thread that watches.
    private readonly Attention attention = new();
    private readonly AgentSetup setup;
    private readonly AgentJournal journal;
    private readonly JournalFolder inbox;
    private readonly RunLedger ledger = new();
    private readonly RunOrders orders;
    private readonly ReadyRuns ready;
    private readonly ActiveAttempts active = new();
    private readonly Leftovers leftovers;
    private readonly Warden warden;
    private readonly Stragglers stragglers = new();
    private readonly List<Thread> threads = [];

    private readonly FruitlessTries fruitless;

    // Taken from the ready ones, its end not yet settled: the journal may not know of it yet.
    private readonly HashSet<RunId> inHand = [];

    private int busy;
    private int idle;
    private bool stopping;
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
        ready = new(setup.Machine);
        leftovers = new(setup, orders);
        warden = new(setup, active);
        fruitless = new(setup.Time, orders);
    }

    /// <summary>Works until nothing is left that could be started, or until asked to stop.</summary>
    /// <param name="save">Asks the runs to save and end; they go on another time.</param>
    /// <param name="end">Ends them at once.</param>
    /// <returns>False when it could not go on: the journal can't be written any more, or another agent has taken its place.</returns>
    public bool Run(CancellationToken save, CancellationToken end)
    {
        ChildProcess.KeepEndings();
        lock (gate)
        {
            TakeNews();
            foreach (var leftover in leftovers.Find(ledger))
                TakeOver(leftover);
            ScratchFolders.RemoveOld(setup.Project.Journal, journal.Name);
            StartWorkers();
        }
        if (!Watch(save, end))
            return false;
        foreach (var thread in threads)
            thread.Join();
        stragglers.End();
        if (interrupted)
            journal.Say(new JournalEvent.AgentStopped { At = setup.Time.GetUtcNow(), Reason = Interrupted });
        return !journal.IsBroken;
    }

    private bool Watch(CancellationToken save, CancellationToken end)
    {
        using var onSave = save.Register(attention.Call);
        using var onEnd = end.Register(attention.Call);
        while (true)
        {
            attention.Await(Tick);
            lock (gate)
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
            warden.Look();
            stragglers.EndNowAndThen(setup.Time);
            if (end.IsCancellationRequested)
                foreach (var attempt in active.Now())
                    attempt.Kill();
        }
        lock (gate)
        {
            stopping = true;
            Monitor.PulseAll(gate);
        }
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
        if (busy > 0)
            return false;
        if (stopping)
            return true;
        if (ready.Ready > 0)
            return false;
        // Who submits from here on sees that nobody will look, and starts the next agent.
        setup.Lock?.Withdraw();
        TakeNews();
        if (ready.Ready == 0)
            return true;
        setup.Lock?.Announce();
        return false;
    }

    // Again and again: an attempt that was about to start comes up after the first time.
    private void Interrupt()
    {
        foreach (var attempt in active.Now())
            attempt.Stop(new StopCause.Interrupted(), setup.Time.GetTimestamp());
        if (stopping)
            return;
        (stopping, interrupted) = (true, true);
        if (!journal.IsBroken)
            setup.Lock?.Withdraw();
        Monitor.PulseAll(gate);
    }

    private void StartWorkers()
    {
        var environment = new EnvironmentBlock(setup.Environment);
        var programs = new ProgramSearch(setup.Environment.GetValueOrDefault("PATH"));
        var starts = new AttemptStart(setup.Project.Root, environment, programs);
        // Each run takes a core at least, so more workers than cores would never have work.
        for (var number = 0; number < setup.Machine.Cores; number++)
        {
            var worker = new Worker(setup, orders, starts, active, journal, stragglers, number);
            Start(() => Work(worker));
        }
    }

    private void Start(ThreadStart work)
    {
        var thread = new Thread(work, maxStackSize: 512 << 10) { IsBackground = true };
        threads.Add(thread);
        thread.Start();
    }

    private void Work(Worker worker)
    {
        while (Next() is var (order, history, share))
        {
            JournalEvent.AttemptEnded? ended = null;
            try
            {
                ended = worker.Carry(order, history.Attempt, share);
            }
            // A full disk or a folder that became read-only: every further run would fare the same.
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                journal.Break(refused.Message);
            }
            Finish(order, share, ended);
        }
        worker.CleanUp();
    }

    private (RunOrder, RunHistory, MachineShare)? Next()
    {
        lock (gate)
        {
            while (!stopping)
            {
                if (ready.TryTake() is var (run, share))
                {
                    busy++;
                    inHand.Add(run.Id);
                    return (orders.Find(run.Id)!, ledger[run.Id], share);
                }
                idle++;
                Monitor.Wait(gate);
                idle--;
            }
            return null;
        }
    }

    private void Finish(RunOrder order, MachineShare? share, JournalEvent.AttemptEnded? ended)
    {
        lock (gate)
        {
            busy--;
            inHand.Remove(order.Run.Id);
            if (share is not null)
                setup.Machine.Return(share);
            if (ended is not null)
                Settle(order, ended);
            // This worker looks for the next run itself; others need to know only when they have nothing to do.
            if (idle > 0)
                Monitor.PulseAll(gate);
            if (busy == 0 && ready.Ready == 0)
                attention.Call();
        }
    }

    private void Settle(RunOrder order, JournalEvent.AttemptEnded ended)
    {
        ledger.Add([ended]);
        JournalEvent? next =
            ended.Outcome == AttemptOutcome.Again ? fruitless.EndOf(order, ended, stopping) : TryAgain(order, ended);
        // In one piece, so that nobody sees a run as failed that is about to be tried again.
        if (!journal.Say(next is null ? [ended] : [ended, next]))
            return;
        if (next is not null)
            ledger.Add([next]);
        Offer(next is JournalEvent.Requeued again ? orders.With(order, again) : order);
    }

    private JournalEvent.Requeued? TryAgain(RunOrder order, JournalEvent.AttemptEnded ended)
    {
        var history = ledger[order.Run.Id];
        var asked = new RetryResources { Memory = order.Memory, Walltime = order.Walltime };
        if (RetryOrder.LastOf(history, asked, fruitless.HasSaved(order, ended)) is not { } failed)
            return null;
        // Nothing limits a run that asked for no amount, so no larger amount would help it.
        if (failed is { Cause: "out_of_memory", Asked.Memory: null })
            return null;
        var limits = new RetryLimits { MemoryPerNode = setup.Machine.Memory, Nodes = 1 };
        return RetryDecision.For(failed, order.Stage.Retry, limits) is RetryAnswer.Again again
            ? RetryOrder.Of(order.Run.Id, history, failed.Cause, again, setup.Time.GetUtcNow())
            : null;
    }

    private void TakeNews()
    {
        inboxReadAt = setup.Time.GetTimestamp();
        var news = inbox.ReadNew();
        if (news.Events.Count == 0)
            return;
        ledger.Add(news.Events);
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
        Monitor.PulseAll(gate);
    }

    private void Forget(JournalEvent.Submitted elsewhere)
    {
        foreach (var run in orders.Forget(elsewhere))
            ready.Drop(run);
    }

    /// <summary>Puts a run where its history says it belongs: among those that may start, or nowhere.</summary>
    private void Offer(RunOrder order)
    {
        var run = order.Run;
        if (inHand.Contains(run.Id))
            return;
        var history = ledger[run.Id];
        switch (history.State)
        {
            case RunState.Done:
                ready.Done(run.Id);
                break;
            case RunState.Pending:
                order = orders.With(order, history.Requeued);
                if (setup.Machine.WhyNever(order.Request) is { } never)
                    Refuse(order, history, never);
                else
                    ready.Add(run, order.Request, need => ledger[need].State is RunState.Done);
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
        ledger.Add([ended]);
    }

    // Cancelled while no agent was there to hear it, or in the moment between its start and its first process.
    private void EndCancelled()
    {
        foreach (var attempt in active.Now())
            if (ledger[attempt.Order.Run.Id] is { Cancelled: { } cancelled } history)
                if (cancelled.Turn > (history.Requeued?.Turn ?? 0))
                    attempt.Stop(new StopCause.Cancelled(), setup.Time.GetTimestamp());
    }

    private void Cancel(RunId run)
    {
        if (ledger[run].Cancelled?.Turn <= (ledger[run].Requeued?.Turn ?? 0))
            return;
        ready.Drop(run);
        active.Find(run)?.Stop(new StopCause.Cancelled(), setup.Time.GetTimestamp());
    }

    private void TakeOver(Leftovers.Leftover leftover)
    {
        var order = leftover.Attempt.Order;
        if (leftover.Process is not { } process)
        {
            Settle(order, leftovers.EndOf(leftover));
            return;
        }
        setup.Log($"Took over attempt {leftover.Attempt.Place.Number} of run '{order.Run.Id}', process {process.Pid}.");
        busy++;
        inHand.Add(order.Run.Id);
        active.Add(leftover.Attempt);
        // It takes its share of the machine if that is free, which it is: nothing has been started yet.
        var share = setup.Machine.TryTake(order.Request);
        Start(() =>
        {
            process.WaitForEnd();
            leftover.Attempt.HasEnded();
            active.Remove(leftover.Attempt);
            ProcessTree.Kill(0, EnvironmentNames.AttemptToken, leftover.Attempt.Token);
            Finish(order, share, leftovers.EndOf(leftover));
        });
    }
}
