using Expflow.Manifests;
using Expflow.Metrics;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Pruning;

/// <summary>Finds what can be archived: folders that Expflow made and that no result stands on.</summary>
/// <param name="project">The project.</param>
/// <param name="time">Says which frozen code is too young to be judged: its submission may not be on disk yet.</param>
public sealed class PrunePlanner(ProjectFolder project, TimeProvider time)
{
    private const int HashDigits = 40;
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);
    private readonly List<PruneItem> items = [];
    private readonly List<LeftAlone> leftAlone = [];

    /// <summary>What has been found so far.</summary>
    public PrunePlan Plan => new([.. items], [.. leftAlone]);

    /// <summary>Attempts that a later one has replaced: its metrics begin at or before theirs.</summary>
    /// <param name="run">The run.</param>
    /// <param name="attempts">Where the metrics of its attempts stand.</param>
    public void AddReplacedAttempts(TrackedRun run, IReadOnlyList<AttemptMetrics> attempts)
    {
        if (!IsSettled(run) || run.History.Attempt < 2 || run.History.Ended?.Output is not null)
            return;
        var counting = new HashSet<int> { run.History.Attempt };
        new RunMetrics(new()).Read(attempts, (attempt, _, _, _) => counting.Add(attempt));
        for (var attempt = 1; attempt < run.History.Attempt; attempt++)
            if (!counting.Contains(attempt))
                Add(
                    PruneKind.Attempt,
                    Path.Combine(FolderOf(run), $"attempt-{attempt}"),
                    $"replaced by attempt {run.History.Attempt}"
                );
    }

    /// <summary>Whole folders of runs that the user has chosen.</summary>
    /// <param name="chosen">The runs to archive.</param>
    /// <param name="all">All runs of the experiment: what waits for a chosen run keeps it.</param>
    public void AddRuns(IReadOnlyList<TrackedRun> chosen, IReadOnlyList<TrackedRun> all)
    {
        var needed = all.Where(run => !IsSettled(run)).SelectMany(run => run.Run.Needs).ToHashSet();
        foreach (var run in chosen)
        {
            if (!IsSettled(run))
                leftAlone.Add(new(FolderOf(run), $"is {run.History.State.Word}"));
            else if (needed.Contains(run.Run.Id))
                leftAlone.Add(new(FolderOf(run), "is needed by a run that is not done"));
            else if (Directory.Exists(Path.Combine(project.Root, FolderOf(run))))
                Add(PruneKind.Run, FolderOf(run), run.History.State.Word);
        }
    }

    /// <summary>Frozen code that is neither the newest of an experiment nor that of a run which may still start again.</summary>
    /// <param name="runs">All runs of the project.</param>
    public void AddUnusedSnapshots(IReadOnlyList<TrackedRun> runs)
    {
        if (!Directory.Exists(project.Snapshots) || Directory.Exists(project.Manifests) is false)
            return;
        var used = UsedFolders(runs);
        var young = (time.GetUtcNow() - Settled).UtcDateTime;
        foreach (var folder in new DirectoryInfo(project.Snapshots).EnumerateDirectories().OrderBy(one => one.Name))
        {
            // Only what has the name of a git tree was put there by us.
            if (folder.Name.Length < HashDigits || !folder.Name.All(char.IsAsciiHexDigitLower))
                continue;
            if (!used.Contains(folder.Name) && folder.LastWriteTimeUtc < young)
                Add(
                    PruneKind.Snapshot,
                    Path.GetRelativePath(project.Root, folder.FullName),
                    "code of no run that may start again"
                );
        }
    }

    private HashSet<string> UsedFolders(IReadOnlyList<TrackedRun> runs)
    {
        var waiting = runs.Where(run => run.History.State is not RunState.Done)
            .SelectMany(run => new[] { run.Submission, run.History.Started?.Submission ?? run.Submission })
            .ToHashSet();
        var headers = Directory
            .EnumerateFiles(project.Manifests, "*.jsonl")
            .Select(Path.GetFileNameWithoutExtension)
            .Select(name =>
                SubmissionId.TryParse(name, out var id) ? ManifestFile.ReadHeader(project.Manifests, id) : null
            )
            .OfType<ManifestHeader>()
            .ToArray();
        var newest = headers
            .GroupBy(header => header.Experiment)
            .Select(group => group.MaxBy(header => $"{header.Submission}", StringComparer.Ordinal)!);
        return
        [
            .. headers
                .Where(header => waiting.Contains(header.Submission))
                .Concat(newest)
                .Select(header => header.Version?.Tree)
                .OfType<string>(),
        ];
    }

    private static bool IsSettled(TrackedRun run) =>
        run.History.State is RunState.Done or RunState.Failed or RunState.Cancelled;

    private string FolderOf(TrackedRun run) =>
        Path.GetRelativePath(project.Root, Path.Combine(project.Runs, run.Run.Folder));

    private void Add(PruneKind kind, string path, string reason)
    {
        if (items.Exists(item => path == item.Path || path.StartsWith(item.Path + "/", StringComparison.Ordinal)))
            return;
        if (FolderContent.Objection(project.Root, path) is { } objection)
        {
            // An attempt that was archived before is nothing to speak of.
            if (Directory.Exists(Path.Combine(project.Root, path)))
                leftAlone.Add(new(path, objection));
            return;
        }
        var (files, bytes) = FolderContent.Measure(Path.Combine(project.Root, path));
        items.Add(new(kind, path, reason, files, bytes));
    }
}
