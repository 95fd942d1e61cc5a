using Expflow.Projects;

namespace Expflow.Snapshots;

/// <summary>Freezes the code around a project, uncommitted changes included, without touching the user's repository.</summary>
/// <remarks>
/// Git itself says what belongs to the code: all that it tracks, and new files that it doesn't ignore. It works on a copy of
/// the index and writes objects into a temporary store. Several processes may freeze the same code at once.
/// </remarks>
/// <param name="project">The project; its own state and its runs are never part of the code.</param>
/// <param name="time">Says which leftovers of a crash are old enough to be taken away.</param>
/// <param name="untrackedLimit">The most that untracked files may hold together, in bytes.</param>
public sealed class CodeFreezer(ProjectFolder project, TimeProvider time, long untrackedLimit = UntrackedFiles.Limit)
{
    private const string ScratchPrefix = ".new-";
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Freezes the code as it stands now.</summary>
    public async Task<SnapshotOutcome> FreezeAsync(CancellationToken cancellation = default)
    {
        var reading = GitHead.ReadAsync(project.Root, cancellation);
        var (layout, answer) = await GitLayout.ReadAsync(project.Root, cancellation);
        var head = await reading;
        if (layout is null)
            return WithoutLayout(answer);

        try
        {
            return await FreezeAsync(layout, head, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new SnapshotOutcome.Refused(SnapshotProblems.NotWritten(project.Snapshots, failure.Message));
        }
    }

    private async Task<SnapshotOutcome> FreezeAsync(GitLayout layout, GitHead head, CancellationToken cancellation)
    {
        project.Prepare(); // the state folder ignores itself from here on
        var scratch = Directory
            .CreateDirectory(Path.Combine(project.Snapshots, $"{ScratchPrefix}{Guid.NewGuid():n}"))
            .FullName;
        try
        {
            return await new Freezing(layout, head, Excluded(layout), project.Snapshots, scratch).RunAsync(
                untrackedLimit,
                cancellation
            );
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
            RemoveLeftovers();
        }
    }

    // A process that was killed left its scratch folder. Nothing takes a day to freeze.
    private void RemoveLeftovers()
    {
        var newest = (time.GetUtcNow() - Abandoned).UtcDateTime;
        foreach (var folder in new DirectoryInfo(project.Snapshots).EnumerateDirectories(ScratchPrefix + "*"))
            if (folder.LastWriteTimeUtc < newest)
                folder.Delete(recursive: true);
    }

    private string[] Excluded(GitLayout layout) =>
        [
            .. new[] { project.State, project.Runs }.Select(folder =>
                layout.Prefix + Path.GetRelativePath(project.Root, folder)
            ),
        ];

    private static SnapshotOutcome WithoutLayout(GitAnswer answer)
    {
        if (!answer.Started)
            return new SnapshotOutcome.NoRepository(
                "'git' could not be started, so the code is not frozen. Install it, or write 'snapshot: off'."
            );
        var absent =
            answer.Succeeded
            || answer.Complaint.Contains("not a git repository")
            || answer.Complaint.Contains("work tree");
        return absent
            ? new SnapshotOutcome.NoRepository(
                "The project is in no git repository, so the code is not frozen. Run 'git init', or write 'snapshot: off'."
            )
            : new SnapshotOutcome.Refused(SnapshotProblems.GitFailed(answer));
    }
}
