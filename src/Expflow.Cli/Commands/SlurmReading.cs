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
        file = new(cache is null ? null : Path.ChangeExtension(cache, ".queue"));
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
        var before = Open(concerned);
        var jobs = before.Select(task => places.Of(task)?.Array.Job.Id).OfType<SlurmJobId>().Distinct().ToList();
        var look = await queue.LookAsync(jobs, force, cancel);
        var picture = new QueuePicture(look.Rows);
        var unknown =
            look.Fresh.Count > 0 ? await ConcludeAsync(concerned, before, places, look, picture, force, cancel) : [];
        return new(arrays, places, picture, look, unknown, concerned)
        {
            Jobs = jobs.Count,
            IsBeingSubmitted = FileLock.Holder(project.SubmitLock) is not null,
        };
    }

    public void Dispose() => journal?.Dispose();

    private List<OpenTask> Open(List<string> experiments) => [.. experiments.SelectMany(index.OpenTasks)];

    // What the queue says of attempts, and doesn't say any more of tasks: what can be concluded is written, for the rest it is told why not.
    private async Task<Dictionary<RunId, string>> ConcludeAsync(
        List<string> experiments,
        List<OpenTask> before,
        TaskPlaces places,
        QueueLook look,
        QueuePicture picture,
        bool force,
        CancellationToken cancel
    )
    {
        index.Refresh();
        var tokens = before.ToDictionary(task => task.Run, task => task.Started?.Token);
        var now = with.Time.GetUtcNow();
        var ends = new List<JournalEvent>();
        var left = new Dictionary<RunId, TaskPlace>();
        foreach (var task in Open(experiments))
        {
            if (places.Of(task) is not { } place || !look.Fresh.Contains(place.Array.Job.Id))
                continue;
            if (picture.Find(place) is not { } row)
                left[task.Run] = place;
            else if (
                tokens.GetValueOrDefault(task.Run) == task.Started?.Token
                && Reconciliation.Requeued(task, row, now) is { } again
            )
                ends.Add(again);
        }
        var since = Remember(left.Keys, now);
        var ended = await accounting.LookAsync(left, force, cancel);
        var traces = new AttemptTraces(project, index);
        var unknown = new Dictionary<RunId, string>();
        foreach (var run in index.Runs(left.Keys))
        {
            var place = left[run.Run.Id];
            var end = ended.Ends.GetValueOrDefault(run.Run.Id);
            switch (Reconciliation.Judge(run, place, end, ended, traces.Of(run, place), since[run.Run.Id], now))
            {
                case Verdict.Known known:
                    ends.Add(known.Event);
                    break;
                case Verdict.Unknown why:
                    unknown[run.Run.Id] = why.Why;
                    break;
            }
        }
        Say(ends);
        return unknown;
    }

    // Since when each of them is known to have left; what is back, or has its end, is forgotten.
    private Dictionary<RunId, DateTimeOffset> Remember(IEnumerable<RunId> left, DateTimeOffset now)
    {
        var memory = file.Read();
        var since = left.ToDictionary(run => run, run => memory.Left.GetValueOrDefault(run, now));
        if (since.Count > 0 || memory.Left.Count > 0)
            file.Write(memory with { Left = since });
        return since;
    }

    private void Say(List<JournalEvent> happened)
    {
        if (happened.Count == 0)
            return;
        try
        {
            journal ??= JournalWriter.Open(project.Journal, Composition.Host, with.Time);
            journal.Append(happened);
            index.Refresh();
        }
        // A colleague who looks may read only; somebody who may write will look, too.
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            with.Terminal.Warn($"What Slurm says of {happened.Count} ends could not be written: {refused.Message}");
        }
    }
}
