using VectorQuantization.Commands;
using VectorQuantization.Results;
using VectorQuantization.Tests.Results;
using Xunit;

namespace VectorQuantization.Tests.Commands;

/// <summary><c>table</c>, <c>merge</c> and <c>plot</c> from the command line on.</summary>
public sealed class ResultCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_table_of_the_database_that_the_environment_names()
    {
        Write("vq.db", Example.Full());
        var (code, text, _) = await Run("table", "--format", "csv");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("fashion-mnist,60000,784,10000,l2,pq,PQ 16x8,ivf 31 probe 32 rerank 33,1,24,", text);
        Assert.StartsWith("[", (await Run("table", "--json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_that_leaves_a_source_out_ends_with_1_and_names_it()
    {
        Write("a.db", Example.Row());
        File.WriteAllText(folder.File("b.db"), "no database at all, but long enough to have a header");
        var (code, text, error) = await Run(
            "merge",
            folder.File("a.db"),
            folder.File("b.db"),
            "--out",
            folder.File("c.db")
        );
        Assert.Equal(ExitCode.Stopped, code);
        Assert.Contains($"{folder.File("a.db")}: 1 cells, 1 taken", text);
        Assert.Contains($"'{folder.File("b.db")}' is not an SQLite database", error);
    }

    [Fact]
    public async Task Pictures_are_named_and_what_could_not_be_drawn_is_said()
    {
        Write("vq.db", Example.Row() with { Retrieval = new RetrievalFacts { RecallAt1 = 0.5 } });
        var (code, text, error) = await Run("plot", "--out", folder.File("plots"), "--format", "svg");
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(folder.File("plots/fashion-mnist-recall_at_1-bytes.svg"), text.TrimEnd());
        Assert.Contains("intersection_10 against bytes of fashion-mnist can't be drawn", error);
    }

    [Fact]
    public async Task Without_anything_to_show_each_says_so()
    {
        Assert.Equal(ExitCode.BadInput, (await Run("table")).Code);
        Assert.Contains("does not exist", (await Run("plot")).Error);
        new ResultDatabase(folder.File("vq.db")).Prepare();
        Assert.Contains("holds no results yet", (await Run("plot")).Error);
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name, ResultRow row) =>
        new ResultDatabase(folder.File(name)).Write(row, RepeatedCell.Skip);

    private async Task<(int Code, string Out, string Error)> Run(params string[] args)
    {
        using var text = new StringWriter();
        using var error = new StringWriter();
        var world = new Composition(
            text,
            error,
            ShowsProgress: false,
            name => name == "DB_PATH" ? folder.File("vq.db") : null,
            Processors: 1,
            TimeProvider.System
        );
        return (await CommandTree.RunAsync(args, world), text.ToString(), error.ToString());
    }
}
