using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Brings what is known of a project's runs up to what Slurm says now, and writes down what nobody else could.</summary>
internal sealed class SlurmReading : IDisposable
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly Composition with;
    private readonly ProjectFolder project;
    private readonly RunIndex index;
    private readonly QueueReader queue;
    private readonly AccountingReader accounting;
    private readonly QueueMemoryFile file;
    private readonly TimeSpan chosen;
    private JournalWriter? journal;

    public SlurmReading(Composition with, ProjectFolder project, RunIndex index)
    {
        (this.with, this.project, this.index) = (with, project, index);
        var client = with.Slurm().With(SlurmPatience.Short);
        var cache = IndexPlace.FromEnvironment(with.Environment).PathFor(project);
        // Where a home can't be written, the project's own folder will do: it is one small file that is replaced as a whole.
        file = new(cache is null ? Path.Combine(project.State, "slurm.queue") : Path.ChangeExtension(cache, ".queue"));
        chosen = QueueInterval.Of(with.Environment(QueueInterval.Variable));
        queue = new(client, file, chosen, with.Time);
        accounting = new(client, file, UserFacts.Id, with.Time);
    }

    /// <summary>The pause between two questions that holds now.</summary>
    public TimeSpan Interval => QueueInterval.Of(chosen, file.Read());

    /// <summary>Whether Slurm has, or may have, anything of an experiment.</summary>
    public static bool IsOnSlurm(RunIndex index, string experiment) =>
        index.Arrays(experiment).Count > 0
        || (index.Submissions(experiment) is [.., var newest] && index.ExecutorOf(newest) == Executor.Slurm);

    /// <summary>How these experiments stand with Slurm. It is asked once for each array that may have something in the queue, and not within the interval.</summary>
    public async Task<SlurmView> LookAsync(
        IReadOnlyList<string> experiments,
        bool force = false,
        CancellationToken cancel = default
    )
    {
        var concerned = experiments.Where(experiment => IsOnSlurm(index, experiment)).ToList();
        if (concerned.Count == 0)
            return SlurmView.Nothing;
        var arrays = concerned.SelectMany(index.Arrays).ToList();
        var places = new TaskPlaces(arrays);
        // Read before the queue is asked: only of what the journal knew then can the queue say that it is over.
        var open = Open(concerned);
        var jobs = open
            .Values.SelectMany(runs => runs.Tasks.Select(places.Of).Concat(runs.Untouched.Select(places.Of)))
            .Select(place => place?.Array.Job.Id)
            .OfType<SlurmJobId>()
            .Distinct()
            .ToList();
        var look = await queue.LookAsync(jobs, force, cancel);
        var picture = new QueuePicture(look.Rows);
        var alike =
            look.Fresh.Count > 0
                ? await ConcludeAsync(open, places, look, picture, force, cancel)
                : Part(open, places, look, picture);
        return new(arrays, places, picture, look, file.Read().Left, alike)
        {
            Jobs = jobs.Count,
            IsBeingSubmitted = FileLock.Holder(project.SubmitLock) is not null,
        };
    }

    /// <summary>What the queue says of jobs that are no arrays of an experiment, asked no oftener than the interval allows.</summary>
    public async Task<(IReadOnlyList<QueuedJob> Rows, string? Trouble, bool IsFresh)> QueueAsync(
        IReadOnlyList<SlurmJobId> jobs,
        bool force
    )
    {
        var look = await queue.LookAsync(jobs, force);
        return (look.Rows, look.Trouble, jobs.All(look.Fresh.Contains));
    }

    public void Dispose() => journal?.Dispose();

    private Dictionary<string, OpenRuns> Open(IEnumerable<string> experiments) =>
        experiments.ToDictionary(experiment => experiment, index.Open);

    private Dictionary<string, IReadOnlyList<AlikeTasks>> Part(
        Dictionary<string, OpenRuns> open,
        TaskPlaces places,
        QueueLook look,
        QueuePicture picture
    ) => open.ToDictionary(runs => runs.Key, runs => AlikeTasks.Of(index, runs.Value, places, look, picture));

    // What the queue says of attempts, and doesn't say any more of tasks: what can be concluded is written, for the rest it is told why not.
    private async Task<Dictionary<string, IReadOnlyList<AlikeTasks>>> ConcludeAsync(
        Dictionary<string, OpenRuns> before,
        TaskPlaces places,
        QueueLook look,
        QueuePicture picture,
        bool force,
        CancellationToken cancel
    )
    {
        // There can be many of them: they are read again only when something has happened meanwhile.
        var after = index.Refresh().Events.Count > 0 ? Open(before.Keys) : before;
        var alike = Part(after, places, look, picture);
        var tokens = before
            .Values.SelectMany(runs => runs.Tasks)
            .Where(task => task.Started is not null)
            .ToDictionary(task => task.Run, task => task.Started!.Token);
        var now = with.Time.GetUtcNow();
        var ends = new List<JournalEvent>();
        var left = new Dictionary<RunId, TaskPlace>();
        foreach (var (task, _) in alike.Values.SelectMany(tasks => tasks))
        {
            if (places.Of(task) is not { } place || !look.Fresh.Contains(place.Array.Job.Id))
                continue;
            if (picture.Find(place) is not { } row)
                left[task.Run] = place;
            else if (
                task.Started is not null
                && tokens.GetValueOrDefault(task.Run) == task.Started?.Token
                && Reconciliation.Requeued(task, row, now) is { } again
            )
                ends.Add(again);
        }
        var memory = file.Read().Left;
        var ended = await accounting.LookAsync(left, force, cancel);
        var traces = new AttemptTraces(project, index);
        var known = new Dictionary<RunId, LeftTask>();
        foreach (var run in index.Runs(left.Keys))
        {
            var place = left[run.Run.Id];
            var end = ended.Ends.GetValueOrDefault(run.Run.Id);
            var since = memory.GetValueOrDefault(run.Run.Id)?.Since ?? now;
            var verdict = Reconciliation.Judge(run, place, end, ended, traces.Of(run, place), since, now);
            if (verdict is Verdict.Known { Event: var happened })
                ends.Add(happened);
            else
                known[run.Run.Id] = new(since, (verdict as Verdict.Unknown)?.Why);
        }
        Remember(before.Keys, known, now);
        return Say(ends) ? Part(Open(before.Keys), places, look, picture) : alike;
    }

    // What is back in the queue, or has its end, is forgotten; of other experiments what was known stays.
    private void Remember(
        IReadOnlyCollection<string> experiments,
        Dictionary<RunId, LeftTask> known,
        DateTimeOffset now
    )
    {
        var memory = file.Read();
        if (known.Count == 0 && memory.Left.Count == 0)
            return;
        var seen = index
            .Runs(memory.Left.Keys)
            .Where(run =>
                experiments.Contains(run.Experiment) && run.History.State is RunState.Pending or RunState.Running
            )
            .Select(run => run.Run.Id)
            .ToHashSet();
        foreach (var (run, left) in memory.Left)
            if (!seen.Contains(run) && now - left.Since < Forgotten)
                known.TryAdd(run, left);
        file.Write(memory with { Left = known });
    }

    private bool Say(List<JournalEvent> happened)
    {
        if (happened.Count == 0)
            return false;
        try
        {
            journal ??= JournalWriter.Open(project.Journal, Composition.Host, with.Time);
            journal.Append(happened);
            index.Refresh();
            return true;
        }
        // A colleague who looks may read only; somebody who may write will look, too.
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            with.Terminal.Warn($"What Slurm says of {happened.Count} ends could not be written: {refused.Message}");
            return false;
        }
    }
}
