using Expflow.Journal;
using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>
/// Carries out one run inside a Slurm job, as its batch script: passes on what Slurm says, and has the end on disk before it ends itself.
/// </summary>
public sealed class JobAgent
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly AgentSetup setup;
    private readonly TaskOrder task;
    private readonly SlurmTask job;
    private readonly AgentJournal journal;
    private readonly EnvironmentBlock environment;
    private readonly ProgramSearch programs;
    private readonly ActiveAttempts active = new();
    private readonly Attention attention = new();
    private readonly Warden warden;
    private readonly Worker worker;
    private readonly EarlierAttempts earlier;
    private readonly string runFolder;

    private JournalEvent.AttemptEnded? ended;
    private string? refused;
    private volatile bool isOver;
    private bool isSuperseded;
    private long lookedAt;
    private string machine = "";

    /// <summary>An agent that hasn't begun.</summary>
    /// <param name="setup">What it is given from outside; its <see cref="AgentSetup.Task"/> is this job.</param>
    /// <param name="task">What it has to carry out.</param>
    /// <param name="writer">A journal file of its own.</param>
    public JobAgent(AgentSetup setup, TaskOrder task, JournalWriter writer)
    {
        job = setup.Task ?? throw new ArgumentException("An agent inside a job needs its task.", nameof(setup));
        (this.setup, this.task) = (setup, task);
        journal = new(writer, setup.Log);
        environment = new(setup.Environment);
        programs = new(setup.Environment.GetValueOrDefault("PATH"));
        warden = new(setup, active);
        runFolder = setup.FolderOf(task.Order.Run);
        earlier = new(setup, task.Order, runFolder);
        var starts = new AttemptStart(setup.Project.Root, environment, programs);
        worker = new(setup, starts, active, journal, new Stragglers(), 0);
    }

    /// <summary>Brings the run to the end of one attempt.</summary>
    /// <param name="warned">The time limit is near: the command is asked to save and end, and may take its time.</param>
    /// <param name="terminated">Slurm ends the job: the command is asked, and killed after <see cref="AgentSetup.Grace"/>.</param>
    /// <returns>What the process has to exit with: see <see cref="JobExit"/>.</returns>
    public int Run(CancellationToken warned, CancellationToken terminated)
    {
        ChildProcess.KeepEndings();
        if (earlier.Close() is { } closed)
        {
            if (!journal.Say(closed))
                return JobExit.CanNotWrite;
            if (closed.Outcome != AttemptOutcome.Again)
                return Finish(closed, record: null);
        }
        using var onWarned = warned.Register(attention.Call);
        using var onTerminated = terminated.Register(attention.Call);
        using var gpus = GpuWatch.For(job, programs, environment, setup.Time);
        var carrying = new Thread(Carry, maxStackSize: 512 << 10) { IsBackground = true };
        carrying.Start();
        Watch(gpus, warned, terminated);
        carrying.Join();
        if (refused is not null)
            setup.Log(refused);
        return ended is null ? JobExit.CanNotWrite : Settle(ended, gpus, terminated);
    }

    private void Carry()
    {
        try
        {
            var last = Math.Max(task.After, AttemptFolder.Last(runFolder));
            var request = task.Order.Request with { Cores = job.Cpus ?? task.Order.Request.Cores };
            ended = worker.Carry(task.Order, last, new(request, []) { TellsGpus = false });
        }
        // Nothing was started, or nothing can be written any more.
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            refused = failed.Message;
        }
        finally
        {
            isOver = true;
            attention.Call();
        }
    }

    private void Watch(GpuWatch? gpus, CancellationToken warned, CancellationToken terminated)
    {
        lookedAt = setup.Time.GetTimestamp();
        while (!isOver)
        {
            attention.Await(Tick);
            foreach (var attempt in active.Now())
                PassOn(attempt, warned, terminated);
            warden.Look();
            gpus?.Look();
            if (setup.Time.GetElapsedTime(lookedAt) < BetweenLooks)
                continue;
            lookedAt = setup.Time.GetTimestamp();
            if (NewMachine(gpus) is { } known)
                journal.Say(known);
            foreach (var attempt in active.Now())
                if (isSuperseded |= IsSuperseded(attempt.Place.Number))
                    attempt.Kill();
        }
    }

    // Again and again: an attempt that was about to start comes up after the first time.
    private void PassOn(ActiveAttempt attempt, CancellationToken warned, CancellationToken terminated)
    {
        if (terminated.IsCancellationRequested && attempt.Cause is null or StopCause.Warned)
        {
            var saved = attempt.Cause is StopCause.Warned warning ? warning.Saved : Checkpoints.Newest(runFolder);
            attempt.Stop(new StopCause.Terminated(LimitIfOver(attempt), saved), setup.Time.GetTimestamp());
        }
        else if (warned.IsCancellationRequested && attempt.Cause is null)
            attempt.Stop(
                new StopCause.Warned(Limit(attempt), Checkpoints.Newest(runFolder)),
                setup.Time.GetTimestamp()
            );
    }

    private TimeSpan Limit(ActiveAttempt attempt) =>
        task.Order.Walltime ?? setup.Time.GetElapsedTime(attempt.StartedAt) + TimeSpan.FromSeconds(1);

    // Slurm looks at time limits now and then, never early; clocks of node and controller differ by little.
    private TimeSpan? LimitIfOver(ActiveAttempt attempt) =>
        job.End is { } end && setup.Time.GetUtcNow() >= end - TimeSpan.FromSeconds(2) ? Limit(attempt) : null;

    private bool IsSuperseded(int attempt)
    {
        try
        {
            return AttemptFolder.Last(runFolder) > attempt;
        }
        // A file system that is away for a moment: it is asked again.
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The attempt's start with what has become known of the machine since it was last said; null when that is nothing.</summary>
    private JournalEvent.AttemptStarted? NewMachine(GpuWatch? gpus)
    {
        if (worker.Started is not { } started)
            return null;
        var modules = new AttemptFolder(runFolder, started.Attempt).Modules;
        var known = job.Machine with
        {
            Gpus = gpus?.Names ?? [],
            GpuMemory = gpus?.Total,
            Modules = File.Exists(modules) ? File.ReadAllText(modules) : job.Machine.Modules,
        };
        var text = known.ToJson();
        if (text == (machine.Length > 0 ? machine : started.Machine))
            return null;
        machine = text;
        return started with { Machine = text };
    }

    private int Settle(JournalEvent.AttemptEnded carried, GpuWatch? gpus, CancellationToken terminated)
    {
        gpus?.Look();
        if (NewMachine(gpus) is { } known)
            journal.Say(known);
        var end = gpus?.AddTo(carried) ?? carried;
        end = isSuperseded || IsSuperseded(end.Attempt) ? Superseded(end) : earlier.Bounded(end);
        var code = Finish(end, new AttemptFolder(runFolder, end.Attempt).ReadExit());
        // The record is on disk: from here on Slurm may end this process at any moment.
        if (code == JobExit.Again && task.MayRequeue && !terminated.IsCancellationRequested)
            if (JobRequeue.Ask(job.Job, programs, environment) is { } refusal)
                setup.Log($"Slurm didn't take job {job.Job} back, so that it needs to be sent out again: {refusal}");
        return code;
    }

    // Its programs may have done what they liked; the run is the newer attempt's.
    private static JournalEvent.AttemptEnded Superseded(JournalEvent.AttemptEnded end) =>
        end with
        {
            Outcome = AttemptOutcome.Again,
            Cause = JobExit.SupersededCause,
            Reason = "a newer attempt has taken the run over",
            Metrics = null,
            Flags = [],
        };

    private int Finish(JournalEvent.AttemptEnded end, int? record)
    {
        var over = new JournalEvent.AgentStopped
        {
            At = setup.Time.GetUtcNow(),
            Reason = JournalEvent.AgentStopped.TaskOver,
        };
        return journal.Say(end, over) && journal.Settle() ? JobExit.Of(end, record) : JobExit.CanNotWrite;
    }
}
