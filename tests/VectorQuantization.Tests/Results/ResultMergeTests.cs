using VectorQuantization.Problems;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

public sealed class ResultMergeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Each_cell_comes_once_with_its_histograms_and_repeating_changes_nothing()
    {
        Write("a.db", Example.Row(seed: 1), Example.Row(seed: 2));
        Write("b.db", Example.Row(seed: 2), Example.Row(seed: 3));
        Assert.Equal([2, 1], Merge("a.db", "b.db").Sources.Select(source => source.Taken));
        Assert.Equal([1ul, 2, 3], Rows().Select(row => row.Cell.Seed));
        Assert.Equal(3, new ResultDatabase(folder.File("all.db")).Histograms().Count);
        var before = File.ReadAllBytes(folder.File("all.db"));
        Assert.Equal([0, 0], Merge("a.db", "b.db").Sources.Select(source => source.Taken));
        Assert.Equal(before.Length, File.ReadAllBytes(folder.File("all.db")).Length);
    }

    // Minutes of its start, failed or not; which is to be kept.
    [Theory]
    [InlineData(0, false, 1, false, "b")]
    [InlineData(1, false, 0, false, "a")]
    [InlineData(0, false, 1, true, "a")]
    [InlineData(1, true, 0, false, "b")]
    [InlineData(0, true, 1, true, "b")]
    [InlineData(0, false, 0, false, "a")]
    public void The_done_row_begun_last_wins(int a, bool aFailed, int b, bool bFailed, string winner)
    {
        Write("a.db", Begun(a, aFailed, "a"));
        Write("b.db", Begun(b, bFailed, "b"));
        Merge("a.db", "b.db");
        Assert.Equal(winner, Assert.Single(Rows()).Machine.Host);
        // In the other order too, unless both are the same in all that counts.
        File.Delete(folder.File("all.db"));
        Merge("b.db", "a.db");
        Assert.Equal(a == b && aFailed == bFailed ? "b" : winner, Assert.Single(Rows()).Machine.Host);
    }

    [Fact]
    public void A_damaged_source_is_named_and_the_rest_is_merged()
    {
        Write("a.db", Example.Row(seed: 1));
        Write("b.db", [.. Enumerable.Range(10, 40).Select(seed => Example.Row(seed: (ulong)seed))]);
        using (var damaged = File.OpenWrite(folder.File("b.db")))
        {
            damaged.Position = 9 * 4096;
            damaged.Write(new byte[4 * 4096]);
        }
        File.WriteAllText(folder.File("c.db"), "no database at all, but long enough to have a header");
        var outcome = Merge("b.db", "a.db", "c.db");
        Assert.Collection(
            outcome.Problems,
            problem => Assert.Matches("^'.*b.db' is damaged", problem),
            problem => Assert.Matches("^'.*c.db' is not an SQLite database", problem)
        );
        Assert.Equal([1ul], Rows().Select(row => row.Cell.Seed));
    }

    [Fact]
    public void Of_folders_every_database_below_is_taken_but_not_the_target()
    {
        Write("jobs/1/results.db", Example.Row(seed: 1));
        Write("jobs/2/results.db", Example.Row(seed: 2));
        File.CreateSymbolicLink(folder.File("jobs/2/up"), folder.File("jobs"));
        Directory.CreateDirectory(folder.File("empty"));
        Assert.Equal(2, ResultMerge.Into(folder.File("jobs/all.db"), [folder.File("jobs")]).Sources.Count);
        Assert.Equal(2, ResultMerge.Into(folder.File("jobs/all.db"), [folder.File("jobs")]).Sources.Count);
        var refused = Assert.Throws<BadInputException>(() => Merge("empty", "none.db"));
        Assert.Equal(2, refused.Problems.Count);
    }

    [Fact]
    public void A_target_that_cannot_be_written_to_stays_as_it_is()
    {
        Write("a.db", Example.Row());
        File.WriteAllText(folder.File("all.db"), "something else, which is longer than nothing at all");
        Assert.Contains("'" + folder.File("all.db"), Assert.Throws<BadInputException>(() => Merge("a.db")).Message);
        Assert.StartsWith("something", File.ReadAllText(folder.File("all.db")), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Without_a_sound_source_no_target_appears()
    {
        File.WriteAllText(folder.File("a.db"), "no database at all, but long enough to have a header");
        Assert.Empty(Merge("a.db").Sources);
        Assert.False(File.Exists(folder.File("all.db")));
    }

    public void Dispose() => folder.Dispose();

    private MergeOutcome Merge(params string[] sources) =>
        ResultMerge.Into(folder.File("all.db"), sources.Select(folder.File));

    private IReadOnlyList<ResultRow> Rows() => new ResultDatabase(folder.File("all.db")).Rows();

    private void Write(string name, params ResultRow[] rows)
    {
        var database = new ResultDatabase(folder.File(name));
        foreach (var row in rows)
            database.Write(
                row,
                RepeatedCell.Skip,
                new Histogram(Histogram.RelativeError, [0, 1], [(long)row.Cell.Seed])
            );
    }

    private static ResultRow Begun(int minute, bool failed, string host) =>
        Example.Row() with
        {
            Cell = Example.Row().Cell with { Started = Example.Noon.AddMinutes(minute) },
            Machine = Example.Row().Machine with { Host = host },
            Failure = failed ? "killed" : null,
        };
}
