using Expflow.Journal;
using Expflow.Processes;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>
/// Works for a pool: its workers carry out runs that it takes from the pool's queue, until nothing is left to do, its job ends, or a command says so; what it
/// has in hand then goes back into the queue.
/// </summary>
public sealed class PoolAgent : IRunKeeper
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private const double NearlyAll = 0.9;

    private readonly AgentSetup setup;
    private readonly PoolTerms terms;
    private readonly PoolFolder pool;
    private readonly AgentJournal journal;
    private readonly Crew crew;
    private readonly ClaimFolder folder;
    private readonly PoolHand hand;
    private readonly PoolNews news;
    private readonly StageTimes times;
    private readonly PoolDeadline deadline;
    private readonly PoolIntake intake;
    private readonly PoolReaper reaper;
    private readonly Every beat;
    private readonly Every often;
    private readonly Every everyMinute;
    private readonly Every idleRound;
    private readonly HashSet<RunId> setAside = [];

    private readonly DateTimeOffset beganAt;
    private PoolControl control = PoolControl.Open;
    private DateTime controlAt;
    private bool isClosing;
    private bool isSuperseded;
    private Task? reaping;
    private long placeSeenAt;
    private long workedAt;

    /// <summary>An agent that hasn't begun.</summary>
    /// <param name="setup">What it is given from outside.</param>
    /// <param name="terms">How it works.</param>
    /// <param name="pool">Its pool.</param>
    /// <param name="writer">A journal file of its own, whose name is the agent's.</param>
    /// <param name="dead">Finds agents that died.</param>
    /// <exception cref="IOException">The pool can't be written.</exception>
    public PoolAgent(AgentSetup setup, PoolTerms terms, PoolFolder pool, JournalWriter writer, DeadAgents dead)
    {
        (this.setup, this.terms, this.pool) = (setup, terms, pool);
        beganAt = setup.Time.GetUtcNow();
        journal = new(writer, setup.Log);
        crew = new(setup, journal, this);
        folder = ClaimFolder.Create(pool, Note(writer.Name));
        hand = new(setup, crew.Ledger, MostCores);
        news = new(setup.Project.Journal);
        times = new(pool);
        deadline = new(setup.Time, setup.Task?.End, terms.Lead, times);
        intake = new(setup, terms, pool, folder, crew, hand, news, deadline, MayTake);
        reaper = new(setup, pool, journal, dead);
        beat = new(setup.Time, terms.Beat);
        often = new(setup.Time, Often);
        everyMinute = new(setup.Time, TimeSpan.FromMinutes(1));
        idleRound = new(setup.Time, terms.Beat);
    }

    private int Workers => terms.Workers ?? setup.Machine.Cores;

    // Where the user has said how many runs there are at once, each gets its part of the cores, whatever it asks for.
    private int? MostCores => terms.Workers is { } workers ? Math.Max(1, setup.Machine.Cores / workers) : null;

    /// <summary>Works until it is over.</summary>
    /// <param name="warned">The job's time limit is near: runs are asked to save, and may take the time that is left.</param>
    /// <param name="terminated">Slurm ends the job: runs are asked, and killed after <see cref="AgentSetup.Grace"/>.</param>
    /// <returns>What the process has to exit with: 0, or as <see cref="JobExit"/> has it.</returns>
    public int Run(CancellationToken warned, CancellationToken terminated)
    {
        ChildProcess.KeepEndings();
        using var gpus = setup.Task is { } task
            ? GpuWatch.For(task, new(setup.Environment.GetValueOrDefault("PATH")), new(setup.Environment), setup.Time)
            : null;
        using var onWarned = warned.Register(crew.Attention.Call);
        using var onTerminated = terminated.Register(crew.Attention.Call);
        workedAt = placeSeenAt = setup.Time.GetTimestamp();
        times.Share();
        HearCommands();
        PublishDrafts();
        crew.StartWorkers(Workers);
        while (!IsOver())
        {
            Look(warned, terminated);
            gpus?.Look(crew.Active.Now());
            if (!IsOver())
                crew.Attention.Await(Tick);
        }
        return End();
    }

    RunOrder IRunKeeper.OrderOf(RunId run) => hand.OrderOf(run);

    bool IRunKeeper.MayStart(RunOrder order)
    {
        // Who lay still for a while looks first whether they are thought dead.
        if (isSuperseded || (setup.Time.GetElapsedTime(placeSeenAt) > Often && !SeePlace()))
            return false;
        if (deadline.Allows(hand.StageOf(order.Run.Id), order.Walltime))
            return true;
        setAside.Add(order.Run.Id);
        crew.Attention.Call();
        return false;
    }

    void IRunKeeper.Settled(RunOrder order, JournalEvent.Requeued? again)
    {
        var run = order.Run.Id;
        var history = crew.Ledger[run];
        if (history.State is not RunState.Pending)
        {
            if (history is { State: RunState.Done, Ended.Elapsed: { } elapsed })
                times.Note(hand.StageOf(run), elapsed);
            hand.End(run);
            crew.Ready.Forget(run);
            return;
        }
        order = hand.Change(order, again);
        if (crew.IsStopping)
            return;
        // Another allocation may have what this one hasn't.
        if (setup.Machine.WhyNever(order.Request) is null)
            crew.Ready.Add(order.Run, order.Request, _ => true, order.Rank);
        else
            setAside.Add(run);
    }

    private AgentNote Note(string name) =>
        new()
        {
            Agent = name,
            Job = setup.Task?.Job,
            Restarts = setup.Task?.Restarts ?? 0,
            Host = setup.Host,
            Process = ProcessIdentity.Of(Environment.ProcessId)?.ToString(),
            At = setup.Time.GetUtcNow(),
            End = setup.Task?.End,
            Workers = Workers,
            Cores = setup.Machine.Cores,
            Memory = setup.Machine.Memory,
            Gpus = setup.Machine.Gpus,
        };

    private bool IsOver() => (isSuperseded || isClosing) && crew.Busy == 0;

    private void Look(CancellationToken warned, CancellationToken terminated)
    {
        if (isSuperseded || (often.IsDue && !SeePlace()) || (beat.Turn() && !folder.Beat()))
        {
            Superseded();
            return;
        }
        Listen(warned, terminated);
        if (!isClosing)
            Take();
        GiveBackWhatCanNotRunHere();
        crew.Look();
        if (often.Turn())
            Settle();
        if (everyMinute.Turn())
            Tidy();
    }

    // A command that was killed may have left what everybody waits for.
    private void PublishDrafts()
    {
        var open = QueueDrafts.Open(pool);
        if (open.Count == 0)
            return;
        var submitted = JournalNews.OfKinds("submitted");
        new JournalFolder(setup.Project.Journal).ReadNew(submitted);
        foreach (var submission in submitted.Events.OfType<JournalEvent.Submitted>().Select(one => one.Submission))
            if (open.Contains(submission))
                QueueDrafts.Publish(pool, submission);
    }

    private bool SeePlace()
    {
        placeSeenAt = setup.Time.GetTimestamp();
        if (folder.IsThere)
            return true;
        Superseded();
        return false;
    }

    // Others have given its runs away: whatever it still does is done by nobody.
    private void Superseded()
    {
        if (!isSuperseded)
        {
            isSuperseded = true;
            setup.Log("Taken for dead: its runs are others' now. This agent ends what it has, and says nothing more.");
            journal.Silence();
        }
        lock (crew.Gate)
            crew.Stop();
        foreach (var attempt in crew.Active.Now())
            attempt.Kill();
    }

    private void Listen(CancellationToken warned, CancellationToken terminated)
    {
        if (often.IsDue)
            HearCommands();
        if (journal.IsBroken)
            Close(attempt => attempt.Cause is null, _ => new StopCause.Interrupted());
        else if (terminated.IsCancellationRequested)
            Close(attempt => attempt.Cause is null or StopCause.Warned or StopCause.Interrupted, StopForEnd);
        else if (warned.IsCancellationRequested)
            Close(
                attempt => attempt.Cause is null,
                attempt => new StopCause.Warned(LimitOf(attempt), Checkpoints.Newest(attempt.Place.RunFolder))
            );
        else if (control.State == PoolState.Stopped)
            Close(attempt => attempt.Cause is null, _ => new StopCause.Interrupted());
        else if (control.State == PoolState.Draining || deadline.IsOver)
            Close(_ => false, _ => null!);
        EndCancelled();
    }

    private void HearCommands()
    {
        var at = File.GetLastWriteTimeUtc(pool.Control);
        if (at == controlAt)
            return;
        controlAt = at;
        var before = control.Serial;
        control = PoolControl.Read(pool);
        if (control.Serial != before)
            news.Read();
    }

    private bool MayTake()
    {
        HearCommands();
        return control.State == PoolState.Open;
    }

    private void EndCancelled()
    {
        if (control.Serial == 0)
            return;
        lock (crew.Gate)
            foreach (var run in hand.Runs)
                if (news.IsCancelled(run, hand.TurnOf(run)))
                    Cancel(run);
    }

    private void Cancel(RunId run)
    {
        if (crew.Active.Find(run) is { } attempt)
            attempt.Stop(new StopCause.Cancelled(), setup.Time.GetTimestamp());
        else if (!crew.Has(run))
        {
            crew.Ready.Forget(run);
            hand.End(run);
        }
    }

    // Nothing more is started, and what has not been goes back at once. Again and again: an attempt that was about to start comes up after the first time.
    private void Close(Func<ActiveAttempt, bool> mustStop, Func<ActiveAttempt, StopCause> why)
    {
        foreach (var attempt in crew.Active.Now())
            if (mustStop(attempt))
                attempt.Stop(why(attempt), setup.Time.GetTimestamp());
        if (isClosing)
            return;
        isClosing = true;
        lock (crew.Gate)
        {
            crew.Stop();
            setAside.UnionWith(hand.Runs.Where(run => !crew.Has(run)));
        }
    }

    private StopCause StopForEnd(ActiveAttempt attempt)
    {
        var saved = attempt.Cause is StopCause.Warned warning
            ? warning.Saved
            : Checkpoints.Newest(attempt.Place.RunFolder);
        // The allocation's end is not the run's: it goes on elsewhere, whether it saved or not, unless it had all the time that there is.
        return new StopCause.Terminated(LimitOf(attempt), saved);
    }

    // A run that had a whole allocation to itself, and saved nothing, would not come further in the next one.
    private TimeSpan? LimitOf(ActiveAttempt attempt)
    {
        var elapsed = setup.Time.GetElapsedTime(attempt.StartedAt);
        return setup.Task?.End is { } end && elapsed >= (end - beganAt) * NearlyAll ? elapsed : null;
    }

    private void Take()
    {
        if (intake.Fill(control.Serial > 0) is not { } taken)
            Superseded();
        else if (taken || crew.Busy > 0)
            workedAt = setup.Time.GetTimestamp();
        else if (setup.Time.GetElapsedTime(workedAt) >= terms.Idle)
            Close(_ => false, _ => null!);
        else if (idleRound.Turn())
            Reap();
    }

    private void GiveBackWhatCanNotRunHere()
    {
        if (setAside.Count == 0)
            return;
        IReadOnlyList<RunId> runs;
        lock (crew.Gate)
        {
            runs = [.. setAside.Where(run => !crew.Has(run))];
            setAside.ExceptWith(runs);
        }
        if (!intake.GiveBack(runs))
            Superseded();
    }

    // What has ended is on disk before the file goes that names it.
    private void Settle()
    {
        IReadOnlyList<BatchName> finished;
        lock (crew.Gate)
            finished = hand.Finished();
        if (finished.Count == 0 || !journal.Settle())
            return;
        foreach (var batch in finished)
            folder.Delete(batch);
    }

    private void Tidy()
    {
        lock (crew.Gate)
            times.Share();
        Reap();
    }

    // Apart, since Slurm may take its time to answer. An agent that ends meanwhile leaves what it was at to the next one.
    private void Reap()
    {
        if (isClosing || reaping is { IsCompleted: false })
            return;
        reaping = Task.Run(async () =>
        {
            try
            {
                await reaper.RoundAsync(folder);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                setup.Log($"What a dead agent left could not be put in order: {refused.Message}");
            }
        });
    }

    private int End()
    {
        lock (crew.Gate)
            crew.Stop();
        crew.Join();
        if (isSuperseded)
            return JobExit.Superseded;
        if (journal.IsBroken || !journal.Settle())
            return JobExit.CanNotWrite;
        Settle();
        if (!intake.GiveBack(hand.Runs))
            return JobExit.Superseded;
        folder.Remove();
        times.Share();
        var over = new JournalEvent.AgentStopped
        {
            At = setup.Time.GetUtcNow(),
            Reason = JournalEvent.AgentStopped.TaskOver,
        };
        return journal.Say(over) && journal.Settle() ? JobExit.Done : JobExit.CanNotWrite;
    }
}
