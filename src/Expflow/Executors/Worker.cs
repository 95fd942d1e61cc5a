using System.Globalization;
using System.Text;
using Expflow.Contract;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>Carries out one attempt after the other, each from its first file to the event that ends it. One thread's own.</summary>
internal sealed class Worker(
    AgentSetup setup,
    AttemptStart starts,
    ActiveAttempts active,
    AgentJournal journal,
    Stragglers stragglers,
    int number
)
{
    private static readonly TimeSpan UntilToldToo = TimeSpan.FromSeconds(2);

    private readonly string scratch = ScratchFolders.Of(journal.Name, number);
    private PackedFolder? packed;

    /// <summary>Runs an attempt to its end. Null when the disk is full before it begins: then nothing has happened.</summary>
    /// <param name="order">The run.</param>
    /// <param name="after">Its last attempt that is known of; 0 for none.</param>
    /// <param name="share">What of the machine is its own.</param>
    public JournalEvent.AttemptEnded? Carry(RunOrder order, int after, MachineShare share)
    {
        var token = setup.Random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
        var place = PlaceFor(order, after);
        var attempt = new ActiveAttempt(order, place, token, setup.Time.GetTimestamp())
        {
            Checks = LiveChecks.For(order.Stage, place),
            Progress = ProgressWatch.For(order.Stage, place, setup.Time),
            Gpus = share.Gpus,
        };
        var started = StartOf(order, place, token, share);
        if (place is AttemptPlace.Own own && setup.Task is { } task)
            AttemptNote.Write(own.Folder, new(token, task.Job, task.Restarts, journal.Name));
        if (!journal.Say(started))
            return null;
        Started = started;
        active.Add(attempt);
        try
        {
            var ended = Run(attempt, share);
            return attempt.Gpus.Count == 0
                ? ended
                : ended with
                {
                    GpuMemory = attempt.GpuMemory,
                    GpuUse = attempt.GpuUse,
                };
        }
        finally
        {
            active.Remove(attempt);
            if (place is AttemptPlace.Packed)
                packed!.Empty();
        }
    }

    /// <summary>What the journal was told when the last attempt began; null before the first.</summary>
    public JournalEvent.AttemptStarted? Started { get; private set; }

    /// <summary>Removes what packed runs have left in the worker's folder.</summary>
    public void CleanUp()
    {
        packed?.Dispose();
        if (Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
    }

    private JournalEvent.AttemptEnded Run(ActiveAttempt attempt, MachineShare share)
    {
        var deadline = DeadlineOf(attempt.Order);
        var start = starts.Prepare(attempt.Order, attempt.Place, attempt.Token, share, deadline, out var reason);
        if (start is null)
            return NotStarted(attempt, reason);
        var outcome = ChildProcess.Start(start);
        if (outcome is StartOutcome.Refused refused)
            return NotStarted(attempt, refused.Reason);
        var child = ((StartOutcome.Started)outcome).Child;
        attempt.RunsAs(child.Pid);
        // Its pid stays reserved until its end is taken, so no signal of the warden can reach a stranger.
        child.WaitForEnd();
        attempt.HasEnded();
        // What it left in the background ends with it, as a job's does.
        child.Signal(Native.SigKill);
        var end = child.Wait();
        // Slurm tells a job's processes all at once: the command may have died of it before the agent has heard.
        if (setup.Task is not null && IsBySigTerm(end))
            attempt.AwaitStop(UntilToldToo);
        if (setup.Kills?.CauseOf(attempt, end) is { } killed)
            attempt.Stop(killed, setup.Time.GetTimestamp());
        if (end.ExitCode == 0)
            stragglers.Note(attempt.Token);
        else
            ProcessTree.Kill(0, EnvironmentNames.AttemptToken, attempt.Token);
        return JudgementOf(attempt, EndingOf(attempt, end));
    }

    private static bool IsBySigTerm(ProcessEnd end) =>
        end.Signal == Native.SigTerm || end.ExitCode == 128 + Native.SigTerm;

    // The end of its job, or, where the agent holds runs to their own time, the end of that if it comes first.
    private DateTimeOffset? DeadlineOf(RunOrder order)
    {
        DateTimeOffset? own =
            (setup.HoldsLimits || setup.Task is null) && order.Walltime is { } limit
                ? setup.Time.GetUtcNow() + limit
                : null;
        return setup.Task?.End is { } end && !(own < end) ? end : own;
    }

    // A command may have deleted or locked its own folder, which is no reason to stop the others.
    private JournalEvent.AttemptEnded JudgementOf(ActiveAttempt attempt, AttemptJudge.Ending ending)
    {
        try
        {
            return AttemptJudge.Judge(attempt, ending, setup.Time.GetUtcNow());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Failed(attempt, new Diagnosis.Unreadable(refused.Message)) with
            {
                ExitCode = ending.ExitCode,
                Elapsed = ending.Elapsed,
            };
        }
    }

    private AttemptJudge.Ending EndingOf(ActiveAttempt attempt, ProcessEnd end)
    {
        var ending = new AttemptJudge.Ending(
            end.ExitCode,
            end.Signal,
            setup.Time.GetElapsedTime(attempt.StartedAt).TotalSeconds,
            // Children that outlived their parent are only in what was seen while they ran.
            Math.Max(end.CpuTime.TotalSeconds, attempt.CpuSeconds),
            Math.Max(end.PeakMemory, attempt.PeakMemory)
        );
        return ending.Unwrapped();
    }

    private JournalEvent.AttemptEnded NotStarted(ActiveAttempt attempt, string reason) =>
        Failed(attempt, new Diagnosis.NotStarted(reason));

    private JournalEvent.AttemptEnded Failed(ActiveAttempt attempt, Diagnosis diagnosis) =>
        new()
        {
            At = setup.Time.GetUtcNow(),
            Run = attempt.Order.Run.Id,
            Attempt = attempt.Place.Number,
            Token = attempt.Token,
            Outcome = AttemptOutcome.Failed,
            Cause = diagnosis.Cause,
            Reason = diagnosis.Words,
        };

    private JournalEvent.AttemptStarted StartOf(RunOrder order, AttemptPlace place, string token, MachineShare share) =>
        new()
        {
            At = setup.Time.GetUtcNow(),
            Run = order.Run.Id,
            Attempt = place.Number,
            Token = token,
            Submission = order.Submission,
            Host = setup.Host,
            Gpus =
                !share.TellsGpus ? setup.Task?.Gpus
                : share.Gpus.Count > 0 ? string.Join(',', share.Gpus)
                : null,
            Job = setup.Task?.Job,
            Restarts = setup.Task?.Restarts ?? 0,
            Machine = setup.Task?.Machine.ToJson(),
        };

    private AttemptPlace PlaceFor(RunOrder order, int after)
    {
        var parameters = Encoding.UTF8.GetBytes(order.Run.Parameters);
        if (order.IsPacked)
            return PackedPlace(after + 1, parameters);
        var folder = AttemptFolder.Take(setup.FolderOf(order.Run), after);
        File.WriteAllBytes(AttemptFolder.ParametersOf(folder.RunFolder), parameters);
        Directory.CreateDirectory(AttemptFolder.CheckpointsOf(folder.RunFolder));
        return new AttemptPlace.Own(folder) { Number = folder.Number };
    }

    private AttemptPlace.Packed PackedPlace(int attempt, byte[] parameters) =>
        (packed ??= new(setup.Project.Segments, journal.Name, number, scratch)).Take(attempt, parameters);
}
