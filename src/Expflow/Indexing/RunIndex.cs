using Expflow.Arrays;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;
using Microsoft.Data.Sqlite;

namespace Expflow.Indexing;

/// <summary>The fold of a project's journal, kept in a SQLite file outside the project. Delete it at any time.</summary>
public sealed class RunIndex : IDisposable
{
    private const int MostLooks = 3;
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromMinutes(1);

    private readonly ProjectFolder project;
    private SqliteConnection connection;
    private RunQueries queries;

    private RunIndex(ProjectFolder project, SqliteConnection connection, string? path)
    {
        this.project = project;
        this.connection = connection;
        Path = path;
        queries = new(connection);
    }

    /// <summary>The index file; null when it is kept in memory because the cache folder can't be written.</summary>
    public string? Path { get; private set; }

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
        catch (Exception refused) when (refused is SqliteException or IOException or UnauthorizedAccessException)
        {
            return new(project, IndexDatabase.OpenInMemory(), null);
        }
    }

    /// <summary>Brings the index up to what the journal says now. With nothing new it only looks at the files' sizes.</summary>
    public JournalNews Refresh() => Ask(Fold);

    private JournalNews Fold(RunQueries queries)
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
        // A submission can come in after its file was passed over, and its first attempt before that of the agent is read: one more look finds it.
        for (var looks = 0; looks < MostLooks && Fold(queries, news.Events) > 0; looks++)
            journal.ReadNew(news);
        foreach (var noted in news.Events.OfType<JournalEvent.Noted>())
            queries.AddNote(noted);
        queries.SaveOffsets(journal.Offsets.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value));
        queries.ForgetFiles(journal.ForgetGone());
        changing.Commit();
        return news;
    }

    /// <summary>Puts the journal files of ended tasks into one when there are many, at most once a minute. Cheap when there are few.</summary>
    /// <returns>How many files were put into one.</returns>
    public int Collect(string host, TimeProvider time)
    {
        var collector = new JournalCollector(project.Journal, host, time);
        if (!collector.IsDue())
            return 0;
        try
        {
            if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(project.CollectLock) < BetweenCollections)
                return 0;
            using var owned = FileLock.TryTake(project.CollectLock);
            return owned is null ? 0 : collector.Collect();
        }
        // Whoever may only look, or finds the disk full, leaves the files as they are.
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Forgets everything and reads the journal from its beginning.</summary>
    public JournalNews Rebuild()
    {
        Ask(queries =>
        {
            queries.Clear();
            return true;
        });
        return Refresh();
    }

    /// <summary>The experiments that were ever submitted, by name.</summary>
    public IReadOnlyList<string> Experiments() => Ask(queries => queries.Experiments());

    /// <summary>How many runs of an experiment stand where: one row for each stage and state that occurs.</summary>
    public IReadOnlyList<StateCount> Counts(string experiment) => Ask(queries => queries.Counts(experiment));

    /// <summary>How many runs of an experiment are done, by the submission whose code they ran.</summary>
    public IReadOnlyDictionary<SubmissionId, int> DoneBySubmission(string experiment) =>
        queries.DoneBySubmission(experiment);

    /// <summary>The stages of the runs that no later submission names.</summary>
    public IReadOnlyList<string> StagesOf(SubmissionId submission) => queries.StagesOf(submission);

    /// <summary>All runs of an experiment, in the order of its manifests.</summary>
    public IReadOnlyList<TrackedRun> Runs(string experiment) =>
        Ask(queries => queries.Runs(experiment, settledToo: true));

    /// <summary>The runs of an experiment that are not simply done: everything a screen has to name.</summary>
    public IReadOnlyList<TrackedRun> Unsettled(string experiment) =>
        Ask(queries => queries.Runs(experiment, settledToo: false));

    /// <summary>As <see cref="Unsettled"/>, without those of the newest submission that only wait for their turn: there can be 100,000 of them.</summary>
    public IReadOnlyList<TrackedRun> Notable(string experiment) =>
        Ask(queries => queries.Notable(experiment, queries.Submissions(experiment)[^1]));

    /// <summary>The runs of an experiment that have not ended, with what it takes to find them in Slurm's queue.</summary>
    public OpenRuns Open(string experiment) => Ask(queries => queries.Open(experiment));

    /// <summary>Those of untouched runs whose tasks do not have one of these numbers: all of them where the first is above the last.</summary>
    public IReadOnlyList<OpenTask> Outside(UntouchedTasks group, int first, int last) =>
        Ask(queries => queries.Outside(group, first, last));

    /// <summary>These runs, as far as they are known.</summary>
    public IReadOnlyList<TrackedRun> Runs(IEnumerable<RunId> ids) => Ask(queries => queries.Runs(ids));

    /// <summary>The histories of the runs that were ever submitted.</summary>
    public IReadOnlyDictionary<RunId, RunHistory> Histories(string experiment) =>
        Runs(experiment).ToDictionary(run => run.Run.Id, run => run.History);

    /// <summary>The runs whose id begins with these digits, in any experiment.</summary>
    public IReadOnlyList<TrackedRun> Find(string idPrefix) => Ask(queries => queries.Find(idPrefix));

    /// <summary>The submissions of an experiment, oldest first.</summary>
    public IReadOnlyList<SubmissionId> Submissions(string experiment) =>
        Ask(queries => queries.Submissions(experiment));

    /// <summary>What a submission's runs are brought to an end by.</summary>
    public Executor ExecutorOf(SubmissionId submission) => Ask(queries => queries.ExecutorOf(submission));

    /// <summary>The pool into whose queue a submission went; null when it went into none.</summary>
    public PoolName? PoolOf(SubmissionId submission) => Ask(queries => queries.PoolOf(submission));

    /// <summary>Whether the journal names a submission whose manifest can be read.</summary>
    public bool IsSubmitted(SubmissionId submission) => Ask(queries => queries.IsSubmitted(submission));

    /// <summary>The experiments that ever had runs in a pool, by name.</summary>
    public IReadOnlyList<string> ExperimentsIn(PoolName pool) => Ask(queries => queries.ExperimentsIn(pool));

    /// <summary>The runs of an experiment of which an attempt is under way.</summary>
    public IReadOnlyList<TrackedRun> Running(string experiment) => Ask(queries => queries.Running(experiment));

    /// <summary>How many runs of an experiment have got done since a moment, by the clocks of their agents.</summary>
    public int DoneSince(string experiment, DateTimeOffset since) =>
        Ask(queries => queries.DoneSince(experiment, since));

    /// <summary>Every job array that an experiment ever had, oldest first.</summary>
    public IReadOnlyList<ArrayHistory> Arrays(string experiment) => Ask(queries => queries.Arrays(experiment));

    /// <summary>Arrays that are neither dropped nor released: a command is at work on them, or was killed at it.</summary>
    public IReadOnlyList<ArrayHistory> OpenArrays() => Ask(queries => queries.OpenArrays());

    /// <summary>The run that a task of an array carries out, or once did; none when the array's file is gone.</summary>
    public IReadOnlyList<RunId> RunsOf(ArrayId array, int task) =>
        [
            .. ArrayFile
                .ReadRuns(project.Arrays, array)
                .Where(placed => placed.Index == task)
                .Select(placed => placed.Run),
        ];

    /// <summary>Notes and tags, oldest first.</summary>
    public IReadOnlyList<JournalEvent.Noted> Notes(string experiment) => Ask(queries => queries.Notes(experiment));

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    // A cache that turns out to be broken is made anew from the journal; a disk that doesn't take it is done without.
    private T Ask<T>(Func<RunQueries, T> question)
    {
        try
        {
            return question(queries);
        }
        catch (SqliteException broken) when (Path is { } path)
        {
            connection.Dispose();
            Reopen(IndexDatabase.MeansDamage(broken) ? path : null);
        }
        try
        {
            Fold(queries);
            return question(queries);
        }
        catch (SqliteException) when (Path is not null)
        {
            connection.Dispose();
            Reopen(null);
        }
        Fold(queries);
        return question(queries);
    }

    private void Reopen(string? path)
    {
        try
        {
            if (path is not null)
                IndexDatabase.Delete(path);
            connection = path is null ? IndexDatabase.OpenInMemory() : IndexDatabase.Open(path);
            Path = path;
        }
        catch (Exception refused) when (refused is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection = IndexDatabase.OpenInMemory();
            Path = null;
        }
        queries = new(connection);
    }

    /// <returns>How many runs no manifest has named.</returns>
    private int Fold(RunQueries queries, IReadOnlyList<JournalEvent> events)
    {
        if (events.Count == 0)
            return 0;
        // Manifests first: an agent's file can come before the submitter's in the order of names.
        foreach (var submitted in events.OfType<JournalEvent.Submitted>())
            if (ManifestFile.Read(project.Manifests, submitted.Submission) is { } manifest)
                queries.AddManifest(manifest, submitted.Executor, submitted.Pool);

        FoldArrays(queries, events);
        var touched = new Dictionary<RunId, RunHistory>();
        foreach (var happened in events)
            if (RunLedger.RunOf(happened) is { } run)
                touched[run] = (touched.GetValueOrDefault(run) ?? queries.History(run)).With(happened);
        return queries.SaveHistories(touched);
    }

    private void FoldArrays(RunQueries queries, IReadOnlyList<JournalEvent> events)
    {
        foreach (var about in events.GroupBy(ArrayHistory.ArrayOf).OrderBy(about => about.Key))
        {
            if (about.Key is not { } array)
                continue;
            var known = queries.Array(array);
            var history = about.Aggregate(known, (history, happened) => history.With(happened));
            if (history == known)
                continue;
            queries.SaveArray(array, history);
            if (history.Dropped is not null)
                queries.Free(array);
            else if (known.Intended is null && history.Intended is not null)
                queries.Place(array, ArrayFile.ReadRuns(project.Arrays, array));
        }
    }
}
