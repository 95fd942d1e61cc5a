using System.Text.Json;
using VectorQuantization.Formats;
using VectorQuantization.Numerics;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Commands;

public sealed class BenchmarkCommandTests : IDisposable
{
    private const int Rows = 3000;
    private const int Dimension = 16;
    private readonly Program program = new();
    private readonly string data;

    public BenchmarkCommandTests()
    {
        data = program.File("base.npy");
        var random = new RandomSequence(7);
        TableFile.WriteFloats(
            data,
            Enumerable.Range(0, Rows * Dimension).Select(_ => (float)random.NextGaussian()).ToArray(),
            Dimension
        );
    }

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_run_tells_bytes_errors_recall_and_speed_and_leaves_a_row()
    {
        var (code, text, _) = await program.Run("run", "--dataset", data, "--method", "sq", "--bits", "8");

        Assert.Equal(0, code);
        Assert.StartsWith("SQ8 on ", text);
        Assert.Contains("base.npy: 1,950 x 16, 300 queries, l2, learnt from 750 rows, seed 1", text);
        Assert.Contains("recall_at_10", text);
        Assert.Contains("qps_one_thread", text);
        Assert.Equal(16, Assert.Single(Database().Rows()).Size.BytesPerVector);
    }

    [Fact]
    public async Task The_same_run_is_not_measured_twice_unless_asked()
    {
        string[] run = ["run", "--dataset", data, "--method", "sq:bits=4", "--no-search"];
        await program.Run(run);

        var (_, again, _) = await program.Run(run);
        var (_, anew, _) = await program.Run([.. run, "--again"]);

        Assert.StartsWith("Measured before; '--again' measures it once more.", again);
        Assert.StartsWith("SQ4 on ", anew);
        Assert.Single(Database().Rows());
    }

    [Fact]
    public async Task A_sweep_goes_on_where_it_ended_and_a_cell_that_fails_does_not_end_it()
    {
        string[] sweep = ["sweep", "--dataset", data, "--method", "pq", "--m", "3,4,8", "--bits", "4", "--no-search"];
        var (code, text, _) = await program.Run([.. sweep, "--seed", "1"]);
        var (_, more, _) = await program.Run([.. sweep, "--seed", "1,2"]);

        Assert.Equal(1, code);
        Assert.Contains("PQ 3x4, seed 1: failed: 'm=3' does not divide the dimension 16", text);
        Assert.Contains("3 cells: 2 measured, 0 done before, 1 failed.", text);
        Assert.Contains("6 cells: 2 measured, 2 done before, 2 failed.", more);
        Assert.Equal(4, Database().Rows().Count(row => row.IsDone));
    }

    [Fact]
    public async Task Shares_of_a_sweep_are_disjoint_and_together_all_of_it()
    {
        string[] sweep =
        [
            "sweep",
            "--dataset",
            data,
            "--method",
            "sq",
            "--bits",
            "2,3,4,5,6",
            "--no-search",
            "--share",
        ];

        var (_, first, _) = await program.Run([.. sweep, "1/2"]);
        program.With("SLURM_ARRAY_TASK_ID", "8").With("SLURM_ARRAY_TASK_MIN", "7").With("SLURM_ARRAY_TASK_COUNT", "2");
        var (_, second, _) = await program.Run([.. sweep, "slurm"]);

        Assert.Contains("3 cells: 3 measured", first);
        Assert.Contains("2 cells: 2 measured", second);
        Assert.Equal(5, Database().Rows().Count);
        Assert.Single(Database().Rows().Select(row => row.Cell.Sweep).Distinct());
    }

    [Fact]
    public async Task More_lists_looked_into_find_more_and_ranking_anew_finds_all()
    {
        var (_, text, _) = await program.Run(
            "sweep",
            "--dataset",
            data,
            "--method",
            "pq:m=8,bits=4",
            "--lists",
            "16",
            "--probe",
            "1,16",
            "--rerank",
            "0,200",
            "--repeats",
            "1",
            "--json"
        );

        var found = JsonDocument
            .Parse(text)
            .RootElement.GetProperty("rows")
            .EnumerateArray()
            .Select(row => row.GetProperty("intersection_10").GetDouble())
            .ToArray();
        Assert.True(found[0] < found[2], "16 lists find more than 1");
        Assert.Equal(1, found[3]);
    }

    [Fact]
    public async Task Everything_wrong_with_a_command_line_is_told_at_once()
    {
        var (code, _, error) = await program.Run(
            "sweep",
            "--method",
            "pq:m=x",
            "rabbit",
            "--metric",
            "l3",
            "--train",
            "last:none",
            "--k",
            "0",
            "--seed",
            "a",
            "--probe",
            "4"
        );

        Assert.Equal(2, code);
        foreach (
            var named in new[]
            {
                "'--dataset' is missing",
                "'--metric l3'",
                "'--train last:none'",
                "'--k 0'",
                "'rabbit' is no method",
                "'--seed a'",
                "'--probe'",
            }
        )
            Assert.Contains(named, error);
    }

    [Theory]
    [InlineData("'--bits 17'", "sq:bits=17")]
    [InlineData("'--m' is no setting of sq", "sq:m=4")]
    [InlineData("'m=5' does not divide the dimension 16", "pq:m=5,bits=4")]
    [InlineData("'pq:m' ", "pq:m")]
    public async Task A_setting_that_does_not_fit_is_named(string named, string method)
    {
        var (code, _, error) = await program.Run("run", "--dataset", data, "--method", method, "--no-search");

        Assert.Equal(2, code);
        Assert.Contains(named.TrimEnd(), error);
    }

    [Fact]
    public async Task A_cell_that_memory_does_not_hold_is_refused_before_it_begins()
    {
        program.With("SLURM_MEM_PER_NODE", "50");

        var (code, _, error) = await program.Run("run", "--dataset", data, "--method", "sq");

        Assert.Equal(2, code);
        Assert.Contains("SLURM_MEM_PER_NODE", error);
        Assert.Contains("--ignore-memory", error);
    }

    [Fact]
    public async Task Codes_decode_to_the_same_vectors_with_the_quantiser_that_made_them_and_no_other()
    {
        program.With("CODEBOOKS_DIR", program.File("codebooks"));
        var (_, said, _) = await program.Run(
            "encode",
            "--dataset",
            data,
            "--method",
            "sq:bits=16",
            "--out",
            program.File("a.codes")
        );
        await program.Run("encode", "--dataset", data, "--method", "sq:bits=4", "--out", program.File("b.codes"));
        var books = Directory.GetFiles(program.File("codebooks")).Order().ToArray();
        var (code, _, _) = await program.Run(
            "decode",
            "--codes",
            program.File("a.codes"),
            "--codebook",
            books[0],
            "--out",
            program.File("a.npy")
        );
        var (other, _, error) = await program.Run(
            "decode",
            "--codes",
            program.File("a.codes"),
            "--codebook",
            books[1],
            "--out",
            program.File("b.npy")
        );

        Assert.Contains("3,000 codes of 32 bytes (SQ16)", said);
        Assert.Equal(0, code);
        Assert.Equal(2, other);
        Assert.Contains("a.codes", error);
        using var before = VectorFile.Open(data, new OpenSettings());
        using var after = VectorFile.Open(program.File("a.npy"), new OpenSettings());
        Assert.All(before.ToArray().Zip(after.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
    }

    [Fact]
    public async Task A_plan_tells_the_memory_of_each_cell_and_loads_nothing()
    {
        var (code, text, _) = await program.Run("plan", "--dataset", data, "--method", "sq", "--bits", "4,8");
        var (_, only, _) = await program.Run("plan", "--dataset", data, "--method", "sq", "--bits", "4,8", "--memory");

        Assert.Equal(0, code);
        Assert.Contains("2 cells take", text);
        Assert.True(int.Parse(only) > 0);
        Assert.False(File.Exists(program.File("vq.db")));
    }

    private ResultDatabase Database() => new(program.File("vq.db"));
}
