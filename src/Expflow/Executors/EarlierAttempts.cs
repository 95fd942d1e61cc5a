using Expflow.Contract;
using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>The attempts that a run has behind it, as its folder knows them: an agent in a job can't read the journal of 10,000 others.</summary>
internal sealed class EarlierAttempts(AgentSetup setup, RunOrder order, string runFolder)
{
    /// <summary>So often a job may ask to be run again, or be started again by Slurm, without having saved anything.</summary>
    private const int MostAsked = 3;
    private const int MostRestarts = 10;

    /// <summary>The end of the attempt that an agent of this same job has left open; null when there is none.</summary>
    /// <remarks>Slurm starts a job again after its node failed, or after it gave way to another: that agent had no time for a last word.</remarks>
    public JournalEvent.AttemptEnded? Close()
    {
        var folder = new AttemptFolder(runFolder, AttemptFolder.Last(runFolder));
        if (folder.Number == 0 || AttemptNote.Read(folder) is not { } note)
            return null;
        if (note.Job != setup.Task?.Job || note.Restarts >= setup.Task.Restarts)
            return null;
        if (RestartedInVain(folder.Number, note.Job) is var times && times >= MostRestarts)
            return EndOf(folder, note, AttemptOutcome.Failed, new Diagnosis.RestartedTooOften(times));
        if (HasEnd(note))
            return null;
        return Proved(folder, note) ?? EndOf(folder, note, AttemptOutcome.Again, new Diagnosis.Lost());
    }

    /// <summary>The end instead, when the run has asked to be run again once too often.</summary>
    public JournalEvent.AttemptEnded Bounded(JournalEvent.AttemptEnded ended)
    {
        if (ended.Outcome != AttemptOutcome.Again || ended.ExitCode != ExitCodes.Resume)
            return ended;
        var times = InVain(ended.Attempt, (folder, _) => folder.ReadExit() == ExitCodes.Resume);
        if (times <= MostAsked)
            return ended;
        var diagnosis = new Diagnosis.AskedTooOften(times);
        return ended with { Outcome = AttemptOutcome.Failed, Cause = diagnosis.Cause, Reason = diagnosis.Words };
    }

    private int RestartedInVain(int last, string job) =>
        InVain(last, (folder, note) => note.Job == job && folder.ReadExit() != ExitCodes.Resume);

    // How many attempts up to this one, without a gap, are of a kind and began after the newest checkpoint.
    private int InVain(int last, Func<AttemptFolder, AttemptNote, bool> isOfKind)
    {
        var saved = Checkpoints.Newest(runFolder);
        var count = 0;
        for (var number = last; number > 0; number--, count++)
        {
            var folder = new AttemptFolder(runFolder, number);
            if (AttemptNote.Read(folder) is not { } note || !isOfKind(folder, note))
                break;
            if (saved >= File.GetLastWriteTimeUtc(folder.Note))
                break;
        }
        return count;
    }

    // A file that is gone was collected, which only happens to files whose attempts have ended.
    private bool HasEnd(AttemptNote note)
    {
        var path = Path.Combine(setup.Project.Journal, note.Journal + JournalFolder.Ending);
        if (!File.Exists(path))
            return true;
        var news = new JournalNews();
        news.Take(note.Journal, File.ReadAllBytes(path), 0);
        return news.Events.Any(happened => happened is JournalEvent.AttemptEnded ended && ended.Token == note.Token);
    }

    // The node failed after the command had ended well and before its agent could say so. Only outputs can prove that.
    private JournalEvent.AttemptEnded? Proved(AttemptFolder folder, AttemptNote note)
    {
        if (order.Stage.Outputs.Count == 0 || folder.ReadExit() != 0)
            return null;
        var place = new AttemptPlace.Own(folder) { Number = folder.Number };
        var attempt = new ActiveAttempt(order, place, note.Token, 0) { Checks = LiveChecks.For(order.Stage, place) };
        var elapsed = File.GetLastWriteTimeUtc(folder.Exit) - File.GetLastWriteTimeUtc(folder.Note);
        var ending = new AttemptJudge.Ending(0, null, Math.Max(0, elapsed.TotalSeconds), null, null);
        var ended = AttemptJudge.Judge(attempt, ending, setup.Time.GetUtcNow());
        return ended.Outcome == AttemptOutcome.Done ? ended : null;
    }

    private JournalEvent.AttemptEnded EndOf(
        AttemptFolder folder,
        AttemptNote note,
        AttemptOutcome outcome,
        Diagnosis diagnosis
    ) =>
        new()
        {
            At = setup.Time.GetUtcNow(),
            Run = order.Run.Id,
            Attempt = folder.Number,
            Token = note.Token,
            Outcome = outcome,
            Cause = diagnosis.Cause,
            Reason = diagnosis.Words,
        };
}
