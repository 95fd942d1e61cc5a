using Expflow.Projects;
using Expflow.Snapshots;
using Xunit;

namespace Expflow.Tests.Snapshots;

public sealed class CodeFreezerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Repository repository;

    public CodeFreezerTests()
    {
        repository = new Repository(folder["code of\nmine"]);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<Snapshot> Freeze(string project)
    {
        var outcome = await new CodeFreezer(new ProjectFolder(project), TimeProvider.System).FreezeAsync(
            TestContext.Current.CancellationToken
        );
        return Assert.IsType<SnapshotOutcome.Frozen>(outcome).Snapshot;
    }

    private Task<Snapshot> Freeze() => Freeze(repository.Root);

    [Fact]
    public async Task A_clean_repository_is_frozen_with_its_commit_and_no_diff()
    {
        repository.Write("train.py", "print(1)");
        repository.Commit();

        var snapshot = await Freeze();

        Assert.Equal(repository.Git("rev-parse", "HEAD"), snapshot.Commit);
        Assert.Equal(repository.Git("rev-parse", "HEAD^{tree}"), snapshot.Tree);
        Assert.Equal(("main", false), (snapshot.Branch, snapshot.Dirty));
        Assert.Equal("print(1)", File.ReadAllText(Path.Combine(snapshot.WorkingDirectory, "train.py")));
    }

    [Fact]
    public async Task Changed_new_and_deleted_files_are_in_the_tree_and_in_the_diff()
    {
        repository.Write("changed.py", "old\n");
        repository.Write("deleted.py", "gone\n");
        repository.Commit();
        repository.Write("changed.py", "new\n");
        repository.Write("added ü \"quoted\"\nname.py", "added\n");
        File.Delete(repository["deleted.py"]);

        var snapshot = await Freeze();

        Assert.Equal(["added ü \"quoted\"\nname.py", "changed.py"], Names(snapshot.Folder));
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(snapshot.Folder, "changed.py")));
        repository.Git("stash", "--include-untracked", "--quiet");
        repository.Git("apply", "--binary", snapshot.DiffFile!);
        Assert.Equal(snapshot.Tree, (await Freeze()).Tree);
    }

    [Fact]
    public async Task The_users_repository_is_not_touched()
    {
        repository.Write("a.py", "1");
        repository.Commit();
        repository.Write("a.py", "2");
        repository.Write("b.py", "2");
        var before = repository.State();

        await Freeze();

        Assert.Equal(before, repository.State());
    }

    [Fact]
    public async Task A_change_in_the_same_instant_and_of_the_same_length_is_seen()
    {
        for (var i = 0; i < 10; i++)
        {
            repository.Write("a.py", "old" + i);
            repository.Commit();
            repository.Write("a.py", "new" + i);

            var snapshot = await Freeze();

            Assert.Equal("new" + i, File.ReadAllText(Path.Combine(snapshot.Folder, "a.py")));
        }
    }

    [Fact]
    public async Task Equal_content_shares_one_folder_and_an_edit_reaches_no_snapshot()
    {
        repository.Write("a.py", "1");
        var first = await Freeze();
        repository.Commit();
        var second = await Freeze();
        repository.Write("a.py", "2");
        var third = await Freeze();

        Assert.Equal(first.Folder, second.Folder);
        Assert.NotEqual(first.Folder, third.Folder);
        Assert.Equal("1", File.ReadAllText(Path.Combine(first.Folder, "a.py")));
        Assert.Equal((true, false, true), (first.Dirty, second.Dirty, third.Dirty));
    }

    [Fact]
    public async Task Executable_bits_and_links_are_kept_and_ignored_files_left_out()
    {
        repository.Write(".gitignore", "*.bin\n");
        repository.Write("weights.bin", "0");
        repository.Write("run.sh", "#!/bin/sh");
        File.SetUnixFileMode(
            repository["run.sh"],
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        File.CreateSymbolicLink(repository["link"], "run.sh");

        var snapshot = await Freeze();

        Assert.Equal([".gitignore", "link", "run.sh"], Names(snapshot.Folder));
        Assert.True(File.GetUnixFileMode(Path.Combine(snapshot.Folder, "run.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal("run.sh", new FileInfo(Path.Combine(snapshot.Folder, "link")).LinkTarget);
    }

    [Fact]
    public async Task State_and_runs_are_never_part_of_the_code_ignored_or_not()
    {
        repository.Write("a.py", "1");
        repository.Write("runs/exp/log", "…");
        repository.Write(".expflow/journal/x.jsonl", "…");
        var plain = await Freeze();
        repository.Write("runs/exp/log", "longer …");
        Assert.Equal(plain.Tree, (await Freeze()).Tree);

        repository.Write(".gitignore", "runs\n.expflow\n");
        var ignored = await Freeze();

        Assert.Equal(["a.py"], Names(plain.Folder));
        Assert.Equal([".gitignore", "a.py"], Names(ignored.Folder));
    }

    [Fact]
    public async Task A_project_in_a_subfolder_freezes_the_whole_tree_and_starts_in_its_own_place()
    {
        repository.Write("library.py", "1");
        repository.Write("my projects/one/train.py", "2");
        repository.Write("my projects/one/runs/x", "3");

        var snapshot = await Freeze(repository["my projects/one"]);

        Assert.Equal("2", File.ReadAllText(Path.Combine(snapshot.WorkingDirectory, "train.py")));
        Assert.True(File.Exists(Path.Combine(snapshot.WorkingDirectory, "../../library.py")));
        Assert.False(Directory.Exists(Path.Combine(snapshot.WorkingDirectory, "runs")));
    }

    [Fact]
    public async Task Two_at_once_end_with_the_same_folder_and_leave_nothing_else()
    {
        for (var i = 0; i < 200; i++)
            repository.Write($"module{i}/a.py", $"{i}");

        var snapshots = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Freeze()));

        var folderOfAll = Assert.Single(snapshots.Select(snapshot => snapshot.Folder).Distinct());
        Assert.Equal(200, Directory.GetDirectories(folderOfAll).Length);
        Assert.Single(Directory.GetDirectories(Path.Combine(repository.Root, ".expflow/snapshots")));
    }

    [Fact]
    public async Task A_name_that_is_not_UTF8_is_kept_byte_for_byte()
    {
        repository.Shell(@"printf 1 > ""$(printf 'caf\351.py')""");

        var snapshot = await Freeze();

        var listed = repository.Shell($"cd '.expflow/snapshots/{snapshot.Tree}' && ls --quoting-style=escape");
        repository.Shell("rm -r .expflow caf*"); // .NET itself can't remove such a name
        Assert.Equal(@"caf\351.py", listed);
    }

    [Fact]
    public async Task A_second_working_tree_of_a_repository_is_frozen_by_itself()
    {
        repository.Write("a.py", "1");
        repository.Commit();
        repository.Git("worktree", "add", "--quiet", "-b", "other", folder["second"]);
        File.WriteAllText(folder["second/b.py"], "2");

        var snapshot = await Freeze(folder["second"]);

        Assert.Equal("other", snapshot.Branch);
        Assert.Equal(["a.py", "b.py"], Names(snapshot.Folder).Where(name => name != ".git"));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_taken_away_after_a_day()
    {
        repository.Write("a.py", "1");
        var snapshots = Path.Combine(repository.Root, ".expflow/snapshots");
        Directory.SetLastWriteTimeUtc(
            Directory.CreateDirectory(Path.Combine(snapshots, ".new-old")).FullName,
            DateTime.UnixEpoch
        );
        Directory.CreateDirectory(Path.Combine(snapshots, ".new-fresh"));

        var snapshot = await Freeze();

        Assert.Equal(
            [".new-fresh", snapshot.Tree],
            Directory.GetDirectories(snapshots).Select(path => Path.GetFileName(path)).Order()
        );
    }

    [Fact]
    public async Task A_repository_inside_the_repository_is_warned_of()
    {
        repository.Write("a.py", "1");
        var inner = new Repository(repository["vendor/inner"]);
        inner.Write("b.py", "2");
        inner.Commit();

        var snapshot = await Freeze();

        Assert.StartsWith("'vendor/inner' is a git repository of its own", Assert.Single(snapshot.Warnings));
    }

    [Fact]
    public async Task Large_untracked_files_are_refused_by_name()
    {
        repository.Write("data/big file.csv", new string('x', 300_000));
        repository.Write("a.py", "1");
        var freezer = new CodeFreezer(new ProjectFolder(repository.Root), TimeProvider.System, untrackedLimit: 200_000);

        var outcome = await freezer.FreezeAsync(TestContext.Current.CancellationToken);

        var reason = Assert.IsType<SnapshotOutcome.Refused>(outcome).Reason;
        Assert.StartsWith(
            "2 files that git does not track hold 0.3 MB, and a snapshot takes at most 0.2 MB: 'data/big file.csv'",
            reason
        );
    }

    [Fact]
    public async Task A_folder_without_a_repository_is_an_outcome_and_not_an_error()
    {
        var outcome = await new CodeFreezer(new ProjectFolder(folder.Path), TimeProvider.System).FreezeAsync(
            TestContext.Current.CancellationToken
        );

        Assert.Contains("'git init'", Assert.IsType<SnapshotOutcome.NoRepository>(outcome).Reason);
    }

    [Fact]
    public async Task A_file_that_can_not_be_taken_in_is_refused_with_gits_own_words()
    {
        repository.Write("a.py", "1");
        repository.Commit();
        File.WriteAllText(repository[".git/index"], new string('x', 1000));

        var outcome = await new CodeFreezer(new ProjectFolder(repository.Root), TimeProvider.System).FreezeAsync(
            TestContext.Current.CancellationToken
        );

        Assert.Contains("bad signature", Assert.IsType<SnapshotOutcome.Refused>(outcome).Reason);
    }

    private static string[] Names(string folder) =>
        [
            .. Directory
                .GetFileSystemEntries(folder)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];
}
