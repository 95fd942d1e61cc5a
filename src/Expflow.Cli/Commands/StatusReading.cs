using System.Text.Json;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Reads how experiments stand: counts for what is simply done, rows only for what has to be named.</summary>
internal sealed class StatusReading
{
    private static readonly List<string> ByUrgency = ["failed", "done", "running", "pending", "cancelled"];
    private readonly ProjectFolder project;
    private readonly RunIndex index;

    private readonly SlurmView slurm;
    private readonly PoolView? pools;

    /// <param name="project">The project.</param>
    /// <param name="index">Its index, up to date.</param>
    /// <param name="slurm">How its runs stand with Slurm; null when it wasn't asked.</param>
    /// <param name="pools">How they stand with pools; null when nobody looked.</param>
    public StatusReading(ProjectFolder project, RunIndex index, SlurmView? slurm = null, PoolView? pools = null)
    {
        this.pools = pools;
        this.project = project;
        this.index = index;
        this.slurm = slurm ?? SlurmView.Nothing;
        Agent = FileLock.Holder(project.LocalLock);
        // Of another machine's agent nothing can be seen from here; of one in a job Slurm tells.
        Standings = new(started => Agent is not null || started.Job is not null || started.Host != Composition.Host);
    }

    /// <summary>The agent at work here; null when there is none.</summary>
    public int? Agent { get; }

    public Standings Standings { get; }

    /// <summary>What the screen says, in time that goes with what is not simply done.</summary>
    public ExperimentStatus Of(string experiment)
    {
        var age = new CodeAge(project, index, experiment);
        var unsettled = Standings.Of(index.Notable(experiment));
        var leftBehind = LeftBehind(experiment, unsettled);
        var queue = slurm.Experiments.Contains(experiment)
            ? SlurmStatus.Of(
                slurm,
                leftBehind.Count == 0
                    ? slurm.Open(experiment)
                    : slurm.Open(experiment).Where(alike => !leftBehind.Contains(alike.One.Run))
            )
            : null;
        return new()
        {
            Experiment = experiment,
            Slurm = queue,
            Pools = pools?.Of(experiment) ?? [],
            Stages = Stages(
                experiment,
                age.Newest?.Resolved,
                unsettled.Where(one => leftBehind.Contains(one.Run.Run.Id)),
                queue
            ),
            Trouble =
            [
                .. unsettled
                    .Where(one => one.Reason is not null && !leftBehind.Contains(one.Run.Run.Id))
                    .OrderBy(one => ByUrgency.IndexOf(one.State)),
            ],
            LeftBehind = leftBehind.Count,
            Older = age.Count(index, experiment),
            Description = age.Newest?.Description,
            Tags = TagsOf(experiment, age.Newest?.Tags ?? []),
            Notes =
            [
                .. index
                    .Notes(experiment)
                    .Where(note => note is { Run: null, Note: not null })
                    .Select(note => $"{note.At:yyyy-MM-dd} {note.Note}"),
            ],
        };
    }

    /// <summary>Every run that the experiment asks for, or that is done.</summary>
    public IReadOnlyList<RunStanding> All(string experiment)
    {
        var all = Of(index.Runs(experiment));
        var leftBehind = LeftBehind(experiment, all);
        return [.. all.Where(one => !leftBehind.Contains(one.Run.Run.Id))];
    }

    /// <summary>How runs stand, by the journal and by Slurm.</summary>
    /// <param name="runs">All runs of an experiment.</param>
    public IReadOnlyList<RunStanding> Of(IReadOnlyList<TrackedRun> runs) => [.. Standings.Of(runs).Select(WithSlurm)];

    /// <summary>How a run stands with Slurm; null when it has ended, or isn't there.</summary>
    public SlurmStanding? OnSlurm(RunStanding standing) => slurm.Of(standing.Run);

    /// <summary>The pool that is to carry a run out, while it has not ended; null for none.</summary>
    public PoolName? PoolOf(RunStanding standing) => pools?.PoolOf(standing.Run);

    // What waits for a run that failed waits for that, wherever it stands.
    private RunStanding WithPool(RunStanding standing) =>
        standing.Reason?.StartsWith("needs ", StringComparison.Ordinal) != true
        && pools?.WordsOf(standing.Run) is { } words
            ? standing with
            {
                Reason = standing.Reason is { } known ? $"{known}; {words}" : words,
            }
            : standing;

    // Slurm's words, where the journal has none or not enough.
    private RunStanding WithSlurm(RunStanding standing)
    {
        if (OnSlurm(standing) is not { } queue || pools?.PoolOf(standing.Run) is not null)
            return WithPool(standing);
        // Slurm knows that a dependency can't be met, the journal of which run.
        var reason = (standing.Reason, queue.Place) switch
        {
            ({ } known, SlurmPlace.Blocked or SlurmPlace.Unsubmitted) => known,
            ({ } known, _) when standing.State == "pending" => $"{known}; {queue.Words}",
            (_, SlurmPlace.Running or SlurmPlace.Completing) when standing.State == "running" => standing.Reason,
            _ => queue.Words,
        };
        return standing with { Reason = reason };
    }

    /// <summary>
    /// Runs that never got done and that the newest submission no longer names, though it names others of their stage: their command or their values
    /// have been put right since.
    /// </summary>
    public HashSet<RunId> LeftBehind(string experiment, IReadOnlyList<RunStanding> standings)
    {
        var newest = index.Submissions(experiment)[^1];
        var earlier = standings
            .Where(one => one.State is "failed" or "cancelled" or "pending" && one.Run.Submission != newest)
            .ToList();
        if (earlier.Count == 0)
            return [];
        var stages = index.StagesOf(newest);
        return [.. earlier.Where(one => stages.Contains(one.Run.Run.Stage)).Select(one => one.Run.Run.Id)];
    }

    private StageStatus[] Stages(
        string experiment,
        string? resolved,
        IEnumerable<RunStanding> leftBehind,
        SlurmStatus? queue
    )
    {
        var without = leftBehind.CountBy(one => (one.Run.Run.Stage, one.State)).ToDictionary();
        var order = OrderOf(resolved);
        return
        [
            .. index
                .Counts(experiment)
                .GroupBy(count => count.Stage)
                .OrderBy(stage => order.IndexOf(stage.Key) is var place and >= 0 ? place : int.MaxValue)
                .Select(stage => StatusOf(stage.Key, [.. stage.Select(one => Without(one, without))]))
                .Where(stage => stage.Runs > 0)
                .Select(stage => queue?.Split(stage) ?? stage),
        ];
    }

    private static StateCount Without(StateCount count, Dictionary<(string, string), int> without) =>
        count with
        {
            Runs = count.Runs - without.GetValueOrDefault((count.Stage, count.State)),
        };

    private static StageStatus StatusOf(string stage, IReadOnlyList<StateCount> counts)
    {
        int Of(string state) => counts.Where(count => count.State == state).Sum(count => count.Runs);
        var flagged = counts.Where(count => count.State == "done").Sum(count => count.Flagged);
        var runs = counts.Sum(count => count.Runs);
        return new(
            stage,
            runs,
            Of("done"),
            Of("running"),
            Of("pending"),
            Of("failed") + Of("cancelled"),
            runs - Of("done") + flagged,
            TimeSpan.FromSeconds(counts.Sum(count => count.Elapsed))
        );
    }

    // The file's order of stages; the index knows only their names.
    private static List<string> OrderOf(string? resolved)
    {
        if (resolved is null)
            return [];
        using var document = JsonDocument.Parse(resolved);
        return
            document.RootElement.TryGetProperty("stages"u8, out var stages) && stages.ValueKind == JsonValueKind.Object
            ? [.. stages.EnumerateObject().Select(stage => stage.Name)]
            : [];
    }

    private string[] TagsOf(string experiment, IReadOnlyList<string> own) =>
        [
            .. own.Concat(index.Notes(experiment).Where(note => note.Run is null).SelectMany(note => note.Tags))
                .Distinct(),
        ];
}
