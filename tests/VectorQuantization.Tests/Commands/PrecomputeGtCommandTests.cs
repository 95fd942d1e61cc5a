using System.Diagnostics;
using VectorQuantization.Commands;
using VectorQuantization.Formats;
using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Commands;

public sealed class PrecomputeGtCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Shards_of_an_array_are_merged_to_the_truth_of_the_whole()
    {
        WriteVectors("base.fbin", 3000, 8);
        WriteVectors("queries.npy", 40, 8);
        string[] asked = ["precompute-gt", "--base", Of("base.fbin"), "--queries", Of("queries.npy"), "--k", "5"];

        Assert.Equal((0, ""), await Run([.. asked, "--out", Of("whole")]));
        for (var task = 3; task <= 5; task++)
            Assert.Equal(
                (0, ""),
                await Run(
                    [.. asked, "--out", Of($"shard-{task}"), "--base-shard", "slurm"],
                    ("SLURM_ARRAY_TASK_ID", $"{task}"),
                    ("SLURM_ARRAY_TASK_MIN", "3"),
                    ("SLURM_ARRAY_TASK_COUNT", "3")
                )
            );
        Assert.Equal(
            (0, ""),
            await Run(["precompute-gt", "merge", Of("shard-5"), Of("shard-3"), Of("shard-4"), "--out", Of("merged")])
        );

        Assert.Equal(File.ReadAllBytes(Of("whole")), File.ReadAllBytes(Of("merged")));
    }

    [Fact]
    public async Task The_data_are_cut_as_run_cuts_them()
    {
        WriteVectors("all.fbin", 2000, 8);

        Assert.Equal(
            (0, ""),
            await Run([
                "precompute-gt",
                "--dataset",
                Of("all.fbin"),
                "--queries",
                "last:50",
                "--train",
                "last:100",
                "--out",
                Of("gt"),
            ])
        );

        using var all = VectorFile.Open(Of("all.fbin"));
        var (rows, queries) = (new VectorRange(all, 0, 1850), new VectorRange(all, 1950, 50));
        Assert.Equal(100, GroundTruth.Load(Of("gt")).CheckFor(rows, queries, Metric.L2, 100, 1).K);
    }

    [Fact]
    public async Task Queries_of_the_base_can_be_left_out_of_their_own_answers()
    {
        WriteVectors("all.fbin", 100, 8);

        Assert.Equal(
            (0, ""),
            await Run([
                "precompute-gt",
                "--base",
                Of("all.fbin"),
                "--queries",
                "base:10",
                "--self",
                "exclude",
                "--out",
                Of("gt"),
            ])
        );

        var truth = GroundTruthFile.Read(Of("gt"));
        Assert.Equal(99, truth.K);
        Assert.All(Enumerable.Range(0, 10), id => Assert.DoesNotContain(id, truth.Table(10, 99).IdsOf(id).ToArray()));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var (code, error) = await Run([
            "precompute-gt",
            "--base",
            "a",
            "--dataset",
            "b",
            "--k",
            "0",
            "--export",
            "x.txt",
            "--out",
            Of("gt"),
        ]);

        Assert.Equal(2, code);
        Assert.Equal(3, error.Trim().Split('\n').Length);
    }

    // The program itself is killed, again and again, wherever it happens to be.
    [Fact]
    public void A_kill_at_any_moment_loses_no_more_than_a_block()
    {
        WriteVectors("base.fbin", 40_000, 64);
        WriteVectors("queries.fbin", 1200, 64);
        RunToTheEnd("expected");
        var random = new RandomSequence((ulong)Environment.TickCount64);

        for (var kill = 0; kill < 4; kill++)
            KillOnceItHasWritten(random.NextBelow(1_200_000) + 1);
        RunToTheEnd("gt");

        Assert.Equal(File.ReadAllBytes(Of("expected")), File.ReadAllBytes(Of("gt")));
        Assert.Equal(["base.fbin", "expected", "gt", "queries.fbin"], Names().Where(name => !name.EndsWith(".draft")));
    }

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    private string Of(string name) => folder.File(name);

    private IEnumerable<string> Names() =>
        Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)!).Order();

    private void WriteVectors(string name, int count, int dimension)
    {
        var random = new RandomSequence((ulong)count);
        var values = Enumerable.Range(0, count * dimension).Select(_ => (float)random.NextBelow(50)).ToArray();
        TableFile.WriteVectors(Of(name), new MemoryVectors(name, values, dimension));
    }

    private static async Task<(int Code, string Error)> Run(
        string[] args,
        params (string Name, string Value)[] environment
    )
    {
        var error = new StringWriter();
        var with = new Composition(
            TextWriter.Null,
            error,
            false,
            name => environment.FirstOrDefault(pair => pair.Name == name).Value,
            2,
            TimeProvider.System
        );
        return (await CommandTree.RunAsync(args, with), error.ToString());
    }

    private Process Start(string target)
    {
        string[] data = ["--base", Of("base.fbin"), "--queries", Of("queries.fbin")];
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "vq-benchmark"),
            ["precompute-gt", .. data, "--out", Of(target), "--block", "24", "--quiet"]
        )
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private void RunToTheEnd(string target)
    {
        using var process = Start(target);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    // Or once it has ended, if it was faster.
    private void KillOnceItHasWritten(long bytes)
    {
        var partial = new FileInfo(Of("gt.partial"));
        using var process = Start("gt");
        while (!process.WaitForExit(1))
        {
            partial.Refresh();
            if (partial.Exists && partial.Length >= bytes)
                break;
        }
        process.Kill();
        process.WaitForExit();
    }
}
