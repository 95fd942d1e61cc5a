using Microsoft.Data.Sqlite;
using VectorQuantization.Problems;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

public sealed class ResultDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_was_written_is_read_in_every_column()
    {
        var database = Database();
        database.Write(Example.Full(), RepeatedCell.Skip);
        Assert.Equal(Example.Full(), Assert.Single(database.Rows()));
        Assert.DoesNotContain(ResultColumns.All, column => column.Name != "error" && column.Of(Example.Full()) is null);
    }

    [Fact]
    public void What_was_not_measured_stays_unmeasured_and_NaN_is_not_measured()
    {
        var database = Database();
        var row = Example.Row() with
        {
            Distortion = new DistortionFacts { MsePerVector = double.NaN, RelativeMse = double.PositiveInfinity },
        };
        database.Write(row, RepeatedCell.Skip);
        var read = Assert.Single(database.Rows());
        Assert.Null(read.Distortion.MsePerVector);
        Assert.Equal(double.PositiveInfinity, read.Distortion.RelativeMse);
        Assert.Null(read.Search.QpsOneThread);
    }

    [Theory]
    [InlineData(null, "x", RepeatedCell.Replace, null)]
    [InlineData(null, "x", RepeatedCell.Skip, null)]
    [InlineData("x", null, RepeatedCell.Skip, null)]
    [InlineData("x", null, RepeatedCell.Replace, null)]
    [InlineData("x", "y", RepeatedCell.Skip, "y")]
    public void Failed_never_takes_the_place_of_done_and_always_gives_its_own(
        string? stands,
        string? comes,
        RepeatedCell repeated,
        string? stays
    )
    {
        var database = Database();
        database.Write(Example.Row() with { Failure = stands }, repeated);
        database.Write(Example.Row() with { Failure = comes }, repeated);
        Assert.Equal(stays, Assert.Single(database.Rows()).Failure);
    }

    [Theory]
    [InlineData(RepeatedCell.Skip, false, 16)]
    [InlineData(RepeatedCell.Replace, true, 32)]
    public void A_done_cell_is_skipped_or_replaced_as_the_caller_says(RepeatedCell repeated, bool written, int bytes)
    {
        var database = Database();
        database.Write(Example.Row(), repeated);
        Assert.Equal(written, database.Write(Example.Row(bytes: 32), repeated));
        Assert.Equal(bytes, Assert.Single(database.Rows()).Size.BytesPerVector);
    }

    [Fact]
    public void Only_done_cells_are_left_out_by_a_sweep_that_goes_on()
    {
        var database = Database();
        Assert.Empty(database.DoneCells());
        database.Write(Example.Row(seed: 1), RepeatedCell.Skip);
        database.Write(Example.Row(seed: 2) with { Failure = "M does not divide D" }, RepeatedCell.Skip);
        Assert.Equal(["PQ 16x8 1"], database.DoneCells());
    }

    [Fact]
    public void Histograms_belong_to_the_row_that_stands()
    {
        var database = Database();
        var histogram = new Histogram(Histogram.RelativeError, [0.1, 0.2, 0.4], [3, 5]);
        var wide = new Histogram(Histogram.RelativeError, [0, 0.1, 0.2, 0.4, 0.8], [0, 3, 5, 0]);
        database.Write(Example.Row(), RepeatedCell.Skip, new Histogram(Histogram.RelativeError, [0, 1], [8]));
        database.Write(Example.Row(), RepeatedCell.Replace, wide);
        database.Write(Example.Row(), RepeatedCell.Skip, new Histogram(Histogram.RelativeError, [0, 2], [9]));
        var read = Assert.Single(database.Histograms()["PQ 16x8 1"]);
        Assert.Equal(histogram.Edges, read.Edges);
        Assert.Equal(histogram.Counts, read.Counts);
    }

    [Fact]
    public void Eight_writers_at_once_lose_nothing()
    {
        var path = folder.File("vq.db");
        var threads = Enumerable
            .Range(0, 8)
            .Select(writer => new Thread(() =>
            {
                for (var i = 0; i < 10; i++)
                    new ResultDatabase(path).Write(Example.Row(seed: (ulong)(writer * 10 + i)), RepeatedCell.Skip);
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(
            Enumerable.Range(0, 80).Select(seed => (ulong)seed),
            new ResultDatabase(path).Rows().Select(row => row.Cell.Seed)
        );
    }

    [Fact]
    public void The_file_needs_nothing_beside_it_and_has_the_mode_of_any_new_file()
    {
        Database().Write(Example.Row(), RepeatedCell.Skip);
        File.WriteAllText(folder.File("other"), "");
        Assert.Equal(["other", "vq.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(File.GetUnixFileMode(folder.File("other")), File.GetUnixFileMode(folder.File("vq.db")));
    }

    [Fact]
    public void A_row_half_written_by_a_process_that_died_is_undone()
    {
        Database().Write(Example.Row(seed: 1), RepeatedCell.Skip);
        // What a kill leaves: changed pages in the file, and the journal that knows what stood there.
        using (var connection = Open("vq.db"))
        {
            connection.Run("PRAGMA cache_spill=1; PRAGMA cache_size=1; BEGIN IMMEDIATE");
            connection.Run("UPDATE runs SET label = hex(zeroblob(9000))");
            foreach (var file in Directory.GetFiles(folder.Path))
                File.Copy(
                    file,
                    Path.Combine(Directory.CreateDirectory(folder.File("killed")).FullName, Path.GetFileName(file))
                );
        }
        Assert.True(File.Exists(folder.File("killed/vq.db-journal")));
        Assert.Equal("PQ 16x8", Assert.Single(new ResultDatabase(folder.File("killed/vq.db")).Rows()).Cell.Label);
    }

    [Fact]
    public void A_newer_database_is_refused_with_what_to_do()
    {
        Database().Write(Example.Row(), RepeatedCell.Skip);
        using (var connection = Open("vq.db"))
            connection.Run("PRAGMA user_version=7");
        Assert.Contains(
            "by a newer vq-benchmark (tables of version 7, this one knows 1)",
            Refusal(() => Database().Rows())
        );
        Assert.Contains("choose another path", Refusal(() => Database().Write(Example.Row(), RepeatedCell.Skip)));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        using (var connection = Open("vq.db"))
            connection.Run("CREATE TABLE runs(id INTEGER PRIMARY KEY, metrics_json TEXT)");
        var before = File.ReadAllBytes(folder.File("vq.db"));
        Assert.Contains("of another program", Refusal(() => Database().Write(Example.Row(), RepeatedCell.Skip)));
        Assert.Equal(before, File.ReadAllBytes(folder.File("vq.db")));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(folder.File("vq.db"), new string('x', 5000));
        Assert.Contains("is not an SQLite database", Refusal(() => Database().Rows()));
        Assert.Contains("is a folder", Refusal(() => new ResultDatabase(folder.Path).Rows()));
        Assert.Contains("does not exist", Refusal(() => new ResultDatabase(folder.File("none.db")).Rows()));
    }

    [Fact]
    public void A_database_that_stays_locked_is_told()
    {
        Database().Write(Example.Row(), RepeatedCell.Skip);
        using var other = Open("vq.db");
        other.Run("BEGIN EXCLUSIVE");
        var database = new ResultDatabase(folder.File("vq.db")) { Patience = TimeSpan.FromMilliseconds(1) };
        Assert.Contains(
            "is locked by another process",
            Refusal(() => database.Write(Example.Row(), RepeatedCell.Skip))
        );
    }

    [Fact]
    public void A_full_disk_is_told()
    {
        using var connection = Open("small.db");
        connection.Run("PRAGMA max_page_count=2");
        var refused = Assert.Throws<SqliteException>(() => connection.Run(ResultSchema.Create));
        Assert.Contains("'vq.db' can't grow: its disk is full", SqliteProblem.Of("vq.db", refused));
    }

    public void Dispose() => folder.Dispose();

    private ResultDatabase Database() => new(folder.File("vq.db"));

    private SqliteConnection Open(string name)
    {
        var connection = new SqliteConnection(Source(folder.File(name)));
        connection.Open();
        return connection;
    }

    private static string Source(string path) =>
        new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();

    private static string Refusal(Action work) => Assert.Throws<BadInputException>(work).Message;
}
