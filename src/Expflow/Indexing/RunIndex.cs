using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;
using Microsoft.Data.Sqlite;

namespace Expflow.Indexing;

/// <summary>The fold of a project's journal, kept in a SQLite file outside the project. Delete it at any time.</summary>
public sealed class RunIndex : IDisposable
{
    private readonly ProjectFolder project;
    private readonly SqliteConnection connection;
    private readonly RunQueries queries;

    private RunIndex(ProjectFolder project, SqliteConnection connection, string? path)
    {
        this.project = project;
        this.connection = connection;
        Path = path;
        queries = new(connection);
    }

    /// <summary>The index file; null when it is kept in memory because the cache folder can't be written.</summary>
    public string? Path { get; }

    /// <summary>Opens the index of a project, as it was left. Never fails for want of a cache folder.</summary>
    public static RunIndex Open(ProjectFolder project, IndexPlace place)
    {
        if (place.PathFor(project) is not { } path)
            return new(project, IndexDatabase.OpenInMemory(), null);
        try
        {
            return new(project, IndexDatabase.Open(path), path);
        }
        // A full or read-only cache disk: the answers are the same without it, only slower.
        catch (SqliteException)
        {
            return new(project, IndexDatabase.OpenInMemory(), null);
        }
    }

    /// <summary>Brings the index up to what the journal says now. With nothing new it only looks at the files' sizes.</summary>
    public JournalNews Refresh()
    {
        using var changing = connection.BeginTransaction(deferred: false);
        var journal = new JournalFolder(project.Journal);
        journal.ResumeFrom(queries.Offsets());
        if (journal.HasShrunk())
        {
            queries.Clear();
            journal = new JournalFolder(project.Journal);
        }
        var before = new Dictionary<string, long>(journal.Offsets);
        var news = journal.ReadNew();
        if (news.Events.Count > 0)
            Fold(news.Events);
        queries.SaveOffsets(journal.Offsets.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value));
        changing.Commit();
        return news;
    }

    /// <summary>Forgets everything and reads the journal from its beginning.</summary>
    public JournalNews Rebuild()
    {
        queries.Clear();
        return Refresh();
    }

    /// <summary>The experiments that were ever submitted, by name.</summary>
    public IReadOnlyList<string> Experiments() => queries.Experiments();

    /// <summary>How many runs of an experiment stand where: one row for each stage and state that occurs.</summary>
    public IReadOnlyList<StateCount> Counts(string experiment) => queries.Counts(experiment);

    /// <summary>How many runs of an experiment are done, by the submission whose code they ran.</summary>
    public IReadOnlyDictionary<SubmissionId, int> DoneBySubmission(string experiment) =>
        queries.DoneBySubmission(experiment);

    /// <summary>The stages of the runs that no later submission names.</summary>
    public IReadOnlyList<string> StagesOf(SubmissionId submission) => queries.StagesOf(submission);

    /// <summary>All runs of an experiment, in the order of its manifests.</summary>
    public IReadOnlyList<TrackedRun> Runs(string experiment) => queries.Runs(experiment, settledToo: true);

    /// <summary>The runs of an experiment that are not simply done: everything a screen has to name.</summary>
    public IReadOnlyList<TrackedRun> Unsettled(string experiment) => queries.Runs(experiment, settledToo: false);

    /// <summary>The histories of the runs that were ever submitted.</summary>
    public IReadOnlyDictionary<RunId, RunHistory> Histories(string experiment) =>
        Runs(experiment).ToDictionary(run => run.Run.Id, run => run.History);

    /// <summary>The runs whose id begins with these digits, in any experiment.</summary>
    public IReadOnlyList<TrackedRun> Find(string idPrefix) => queries.Find(idPrefix);

    /// <summary>The submissions of an experiment, oldest first.</summary>
    public IReadOnlyList<SubmissionId> Submissions(string experiment) => queries.Submissions(experiment);

    /// <summary>Notes and tags, oldest first.</summary>
    public IReadOnlyList<JournalEvent.Noted> Notes(string experiment) => queries.Notes(experiment);

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private void Fold(IReadOnlyList<JournalEvent> events)
    {
        // Manifests first: an agent's file can come before the submitter's in the order of names.
        foreach (var submitted in events.OfType<JournalEvent.Submitted>())
            if (ManifestFile.Read(project.Manifests, submitted.Submission) is { } manifest)
                queries.AddManifest(manifest);
        foreach (var noted in events.OfType<JournalEvent.Noted>())
            queries.AddNote(noted);

        var touched = new Dictionary<RunId, RunHistory>();
        foreach (var happened in events)
            if (RunLedger.RunOf(happened) is { } run)
                touched[run] = (touched.GetValueOrDefault(run) ?? queries.History(run)).With(happened);
        queries.SaveHistories(touched);
    }
}
