using Expflow.Indexing;
using Expflow.Manifests;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Snapshots;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Says which runs of an experiment are from older code than its newest submission's.</summary>
internal sealed class CodeAge
{
    private readonly HashSet<SubmissionId> older = [];

    /// <summary>The experiment's newest submission.</summary>
    public ManifestHeader? Newest { get; }

    public CodeAge(ProjectFolder project, RunIndex index, string experiment)
    {
        var submissions = index.Submissions(experiment);
        if (submissions.Count == 0)
            return;
        Newest = ManifestFile.ReadHeader(project.Manifests, submissions[^1]);
        if (submissions.Count == 1 || Newest?.Version is not { } version)
            return;
        var differs = new Dictionary<string, bool>(StringComparer.Ordinal) { [version.Tree] = false };
        foreach (var submission in submissions.SkipLast(1))
        {
            if (ManifestFile.ReadHeader(project.Manifests, submission) is not { Version: { } before } header)
                continue;
            if (!differs.TryGetValue(before.Tree, out var isOther))
                differs.Add(before.Tree, isOther = !IsSame(project, header, Newest));
            if (isOther)
                older.Add(submission);
        }
    }

    /// <summary>True when the run's latest attempt ran older code.</summary>
    public bool IsOlder(TrackedRun run) => run.History.Started is { } started && older.Contains(started.Submission);

    /// <summary>How many runs are done with older code.</summary>
    public int Count(RunIndex index, string experiment) =>
        older.Count == 0
            ? 0
            : index.DoneBySubmission(experiment).Where(pair => older.Contains(pair.Key)).Sum(pair => pair.Value);

    /// <summary>True when two submissions ran the same code. What the experiment file says is in the runs' identities: an edit there makes other runs, not other code.</summary>
    public static bool IsSame(ProjectFolder project, ManifestHeader header, ManifestHeader newest)
    {
        var (one, other) = (FolderOf(project, header), FolderOf(project, newest));
        var besides = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (folder, said) in new[] { (one, header), (other, newest) })
        foreach (var file in new[] { said.File, ProjectFolder.FileName })
            besides.Add(Path.GetRelativePath(folder, Path.GetFullPath(Path.Combine(said.Code, file))));
        return CodeComparison.IsSame(one, other, besides);
    }

    private static string FolderOf(ProjectFolder project, ManifestHeader header) =>
        Path.Combine(project.Snapshots, header.Version!.Tree);
}
