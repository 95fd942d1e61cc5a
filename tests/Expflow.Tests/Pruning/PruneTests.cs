using System.Formats.Tar;
using System.IO.Compression;
using Expflow.Tests.Golden;
using Expflow.Tests.Screens;
using Xunit;

namespace Expflow.Tests.Pruning;

public sealed class PruneTests : IDisposable
{
    private const string Unused = "cccccccccccccccccccccccccccccccccccccccc";
    private readonly StoredProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void What_would_go_is_shown_and_goes_only_on_a_word()
    {
        var submission = Trainings.In(project);
        submission.Done(0, Trainings.Lines(0), attempt: 2);
        var snapshot = Snapshot(Unused);
        var screens = project.Type("prune", "--runs", "state == failed");
        Assert.True(Directory.Exists(snapshot));
        Assert.True(Directory.Exists(Attempt(submission, 0, 1)));

        screens += project.Type("prune", "--runs", "state == failed", "--yes");
        Assert.False(Directory.Exists(snapshot));
        Assert.False(Directory.Exists(Attempt(submission, 0, 1)));
        Assert.True(Directory.Exists(Attempt(submission, 0, 2)));
        Assert.False(Directory.Exists(Path.GetDirectoryName(Attempt(submission, 10, 1))));
        screens += project.Type("prune", "--runs", "state == failed");
        GoldenFile.Match("prune/all", WithoutSizes(screens));
    }

    [Fact]
    public void An_attempt_whose_metrics_still_count_stays()
    {
        var submission = Trainings.In(project);
        submission.Done(0, """{"step": 4, "loss": 0.1}""" + "\n", attempt: 2);
        Assert.Contains("Nothing to archive.", project.Type("prune", "digits"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_go_in_as_links_and_what_they_point_to_stays()
    {
        var submission = Trainings.In(project);
        Directory.CreateDirectory(project["mine"]);
        File.WriteAllText(project["mine/data"], "precious");
        submission.Done(0, Trainings.Lines(0), attempt: 2);
        var link = Path.Combine(Attempt(submission, 0, 1), "link");
        Directory.CreateSymbolicLink(link, project["mine"]);
        project.Type("prune", "--yes");
        Assert.False(Directory.Exists(Attempt(submission, 0, 1)));
        Assert.Equal("precious", File.ReadAllText(project["mine/data"]));
        Assert.Contains(Entries(), entry => entry == (TarEntryType.SymbolicLink, $"{Relative(link)}"));
        Assert.DoesNotContain(Entries(), entry => entry.Name.EndsWith("data", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_behind_a_link_is_left_alone()
    {
        var submission = Trainings.In(project);
        submission.Done(0, Trainings.Lines(0), attempt: 2);
        Directory.Move(project["runs"], project["elsewhere"]);
        Directory.CreateSymbolicLink(project["runs"], project["elsewhere"]);
        Assert.Contains("stays: it is behind a link", project.Type("prune", "--yes"), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Attempt(submission, 0, 1)));
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "its newest submission runs from it")]
    [InlineData("my-notes", "it has no name that we give")]
    public void Frozen_code_stays_when(string name, string reason)
    {
        project.Submit(Trainings.File, tree: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        var folder = Snapshot(name);
        project.Type("prune", "--yes");
        Assert.True(Directory.Exists(folder), reason);
    }

    [Fact]
    public void Runs_that_are_not_at_their_end_stay()
    {
        Trainings.In(project);
        Assert.Contains(
            "stays: it is pending.",
            project.Type("prune", "--runs", "state == pending", "--yes"),
            StringComparison.Ordinal
        );
    }

    private string Snapshot(string name)
    {
        var folder = Path.Combine(project.Project.Snapshots, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "train.py"), "print()\n");
        Directory.SetLastWriteTimeUtc(folder, new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));
        return folder;
    }

    private string Attempt(StoredProject.Submission submission, int run, int attempt) =>
        Path.Combine(project.Project.Runs, submission.Runs[run].Folder, $"attempt-{attempt}");

    private string Relative(string path) => Path.GetRelativePath(project.Project.Root, path);

    private List<(TarEntryType Type, string Name)> Entries()
    {
        var entries = new List<(TarEntryType, string)>();
        using var zip = new GZipStream(
            File.OpenRead(Directory.GetFiles(project.Project.Archive).Single()),
            CompressionMode.Decompress
        );
        using var tar = new TarReader(zip);
        while (tar.GetNextEntry() is { } entry)
            entries.Add((entry.EntryType, entry.Name));
        return entries;
    }

    // The archive's size depends on the system that is written into its entries.
    private static string WithoutSizes(string screen) =>
        System.Text.RegularExpressions.Regex.Replace(screen, @"tar\.gz \(.*\)", "tar.gz (SIZE)");
}
