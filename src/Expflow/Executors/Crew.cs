using Expflow.Journal;
using Expflow.Processes;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>
/// The workers of an agent: each takes a run that is ready and that the machine has room for, carries out one attempt, says how it ended, and looks for the
/// next. Where runs come from is the agent's own business.
/// </summary>
internal sealed class Crew
{
    private readonly AgentSetup setup;
    private readonly IRunKeeper keeper;
    private readonly FruitlessTries fruitless;
    private readonly Warden warden;
    private readonly Stragglers stragglers = new();
    private readonly List<Thread> threads = [];

    // Taken from the ready ones, its end not yet settled: the journal may not know of it yet.
    private readonly HashSet<RunId> inHand = [];

    private int idle;

    public Crew(AgentSetup setup, AgentJournal journal, IRunKeeper keeper)
    {
        (this.setup, Journal, this.keeper) = (setup, journal, keeper);
        Ready = new(setup.Machine);
        warden = new(setup, Active);
        fruitless = new(setup);
    }

    /// <summary>Guards everything here but the running attempts.</summary>
    public object Gate { get; } = new();

    /// <summary>Apart from the gate, so that the end of each short run doesn't wake the thread that watches.</summary>
    public Attention Attention { get; } = new();

    public AgentJournal Journal { get; }

    public RunLedger Ledger { get; } = new();

    public ReadyRuns Ready { get; }

    public ActiveAttempts Active { get; } = new();

    /// <summary>How many runs are being carried out.</summary>
    public int Busy { get; private set; }

    /// <summary>How many workers have nothing to do.</summary>
    public int Hungry => idle;

    /// <summary>How many attempts have ended.</summary>
    public long Ended { get; private set; }

    /// <summary>No further run is started.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Whether a run was taken whose end is not yet settled.</summary>
    public bool Has(RunId run) => inHand.Contains(run);

    public void StartWorkers(int count)
    {
        var environment = new EnvironmentBlock(setup.Environment);
        var programs = new ProgramSearch(setup.Environment.GetValueOrDefault("PATH"));
        var starts = new AttemptStart(setup.Project.Root, environment, programs);
        for (var number = 0; number < count; number++)
        {
            var worker = new Worker(setup, starts, Active, Journal, stragglers, number);
            Start(() => Work(worker));
        }
    }

    public void Start(ThreadStart work)
    {
        var thread = new Thread(work, maxStackSize: 512 << 10) { IsBackground = true };
        threads.Add(thread);
        thread.Start();
    }

    /// <summary>One look at everything that runs.</summary>
    public void Look()
    {
        warden.Look();
        stragglers.EndNowAndThen(setup.Time);
    }

    /// <summary>Workers see that something has changed. Under the gate.</summary>
    public void Wake() => Monitor.PulseAll(Gate);

    /// <summary>No further run is started. Under the gate.</summary>
    public void Stop()
    {
        IsStopping = true;
        Wake();
    }

    /// <summary>Waits for the workers, who have been told to stop.</summary>
    public void Join()
    {
        foreach (var thread in threads)
            thread.Join();
        stragglers.End();
    }

    /// <summary>A run is being carried out by somebody who calls <see cref="Finish"/> when it has ended. Under the gate.</summary>
    public void Begin(RunId run)
    {
        Busy++;
        inHand.Add(run);
    }

    /// <summary>It has ended.</summary>
    public void Finish(RunOrder order, MachineShare? share, JournalEvent.AttemptEnded? ended)
    {
        lock (Gate)
        {
            Busy--;
            Ended++;
            inHand.Remove(order.Run.Id);
            if (share is not null)
                setup.Machine.Return(share);
            if (ended is not null)
                Settle(order, ended);
            // This worker looks for the next run itself; others need to know only when they have nothing to do.
            if (idle > 0)
                Monitor.PulseAll(Gate);
            if (Ready.Ready == 0)
                Attention.Call();
        }
    }

    /// <summary>Says an end, and with it what comes next. Under the gate.</summary>
    public void Settle(RunOrder order, JournalEvent.AttemptEnded ended)
    {
        Ledger.Add([ended]);
        JournalEvent? next =
            ended.Outcome == AttemptOutcome.Again ? fruitless.EndOf(order, ended, IsStopping) : TryAgain(order, ended);
        // In one piece, so that nobody sees a run as failed that is about to be tried again.
        if (!Journal.Say(next is null ? [ended] : [ended, next]))
            return;
        if (next is not null)
            Ledger.Add([next]);
        keeper.Settled(order, next as JournalEvent.Requeued);
    }

    private void Work(Worker worker)
    {
        while (Next() is var (order, after, share))
        {
            JournalEvent.AttemptEnded? ended = null;
            try
            {
                ended = worker.Carry(order, after, share);
            }
            // A full disk or a folder that became read-only: every further run would fare the same.
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                Journal.Break(refused.Message);
            }
            Finish(order, share, ended);
        }
        worker.CleanUp();
    }

    private (RunOrder, int, MachineShare)? Next()
    {
        lock (Gate)
        {
            while (!IsStopping)
            {
                if (Ready.TryTake() is var (run, share))
                {
                    var order = keeper.OrderOf(run.Id);
                    if (keeper.MayStart(order))
                    {
                        Begin(run.Id);
                        return (order, Math.Max(order.After, Ledger[run.Id].Attempt), share);
                    }
                    setup.Machine.Return(share);
                    continue;
                }
                idle++;
                Attention.Call();
                Monitor.Wait(Gate);
                idle--;
            }
            return null;
        }
    }

    private JournalEvent.Requeued? TryAgain(RunOrder order, JournalEvent.AttemptEnded ended)
    {
        var history = Ledger[order.Run.Id];
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
}
