using System.Text;

namespace Expflow.Snapshots;

/// <summary>One freezing of one repository's code, with a scratch folder of its own.</summary>
internal sealed class Freezing(
    GitLayout layout,
    GitHead head,
    IReadOnlyList<string> excluded,
    string snapshots,
    string scratch
)
{
    private readonly GitProgram git = new(
        layout.Top,
        new Dictionary<string, string?>
        {
            ["GIT_INDEX_FILE"] = Path.Combine(scratch, "index"),
            ["GIT_OBJECT_DIRECTORY"] = Path.Combine(scratch, "objects"),
            ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = Quoted(layout.Objects),
        }
    );

    /// <summary>Everything under the top but the excluded folders.</summary>
    private IEnumerable<string> Paths => ["--", ".", .. excluded.Select(path => $":(exclude,literal){path}")];

    public async Task<SnapshotOutcome> RunAsync(long untrackedLimit, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(scratch, "objects"));
        CopyIndex();
        var untracked = await git.RunAsync(
            ["ls-files", "--others", "--exclude-standard", "-z", .. Paths],
            cancellation
        );
        if (UntrackedFiles.Objection(layout.Top, Names(untracked.Text), untrackedLimit) is { } objection)
            return new SnapshotOutcome.Refused(objection);

        // The index copy is thrown away, so what speeds up or splits the user's own would only cost.
        string[] plain =
        [
            "-c",
            "core.splitIndex=false",
            "-c",
            "core.untrackedCache=false",
            "-c",
            "core.fsmonitor=false",
        ];
        var added = await git.RunAsync(
            [.. plain, "-c", "advice.addEmbeddedRepo=false", "add", "--all", .. Paths],
            cancellation
        );
        // Exit code 1 has one cause: an excluded folder is also ignored, which git takes for a mistake. All else has been added.
        var written = added.ExitCode is 0 or 1 ? await git.RunAsync(["write-tree"], cancellation) : added;
        if (!written.Succeeded)
            return new SnapshotOutcome.Refused(SnapshotProblems.GitFailed(written));

        var tree = written.Line;
        var failed = await CheckOutAsync(tree, cancellation);
        var (diff, failedDiff) = await StoreDiffAsync(tree, cancellation);
        if ((failed ?? failedDiff) is { } failure)
            return new SnapshotOutcome.Refused(SnapshotProblems.GitFailed(failure));
        return new SnapshotOutcome.Frozen(
            new Snapshot
            {
                Tree = tree,
                Folder = Path.Combine(snapshots, tree),
                Project = layout.Prefix,
                Commit = head.Commit,
                Branch = head.Branch,
                DiffFile = diff,
                Warnings = await SubmodulesAsync(added, cancellation),
            }
        );
    }

    // Git takes a file for unchanged when its stat is the index's, unless it changed at or after the index's own time. The copy
    // must therefore not look newer than the original; File.Copy keeps the time.
    private void CopyIndex()
    {
        if (File.Exists(layout.Index))
            File.Copy(layout.Index, Path.Combine(scratch, "index"));
    }

    /// <summary>Checks the tree out beside its place and moves it there. Null when it now stands there, whoever did it.</summary>
    private async Task<GitAnswer?> CheckOutAsync(string tree, CancellationToken cancellation)
    {
        var place = Path.Combine(snapshots, tree);
        if (Directory.Exists(place))
            return null;
        var files = Directory.CreateDirectory(Path.Combine(scratch, "tree")).FullName;
        var answer = await git.RunAsync(["checkout-index", "--all", "--force", $"--prefix={files}/"], cancellation);
        if (!answer.Succeeded)
            return answer;
        try
        {
            Directory.Move(files, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another process was faster, with the same content.
        }
        return null;
    }

    private async Task<(string? File, GitAnswer? Failure)> StoreDiffAsync(string tree, CancellationToken cancellation)
    {
        if (tree == head.Tree)
            return (null, null);
        var place = Path.Combine(snapshots, $"{tree}-from-{head.Commit?[..12] ?? "nothing"}.patch");
        if (File.Exists(place))
            return (place, null);
        var from = head.Tree ?? (await git.RunAsync(["mktree"], cancellation)).Line; // of no input: the empty tree
        var patch = Path.Combine(scratch, "patch");
        var answer = await git.RunIntoAsync(
            patch,
            ["diff-tree", "-p", "--binary", "--full-index", "--no-ext-diff", "--no-textconv", from, tree],
            cancellation
        );
        if (!answer.Succeeded)
            return (null, answer);
        File.Move(patch, place, overwrite: true);
        return (place, null);
    }

    // A repository inside the repository is one entry with mode 160000. Listing all entries takes time, so only when there is a sign of one.
    private async Task<string[]> SubmodulesAsync(GitAnswer added, CancellationToken cancellation)
    {
        const string Mode = "160000 ";
        if (
            !File.Exists(Path.Combine(layout.Top, ".gitmodules"))
            && !added.Complaint.Contains("embedded git repository")
        )
            return [];
        var entries = await git.RunAsync(["ls-files", "--stage", "-z"], cancellation);
        return
        [
            .. Names(entries.Text)
                .Where(entry => entry.StartsWith(Mode, StringComparison.Ordinal))
                .Select(entry => SnapshotProblems.Submodule(entry[(entry.IndexOf('\t') + 1)..])),
        ];
    }

    private static string[] Names(string text) => text.Split('\0', StringSplitOptions.RemoveEmptyEntries);

    // The variable is a list with colons between, unless an entry is quoted as in C (git(1)).
    private static string Quoted(string path)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in path)
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }
}
