using System.Diagnostics;
using VectorQuantization.Formats;
using VectorQuantization.Numerics;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Commands;

public sealed class SweepCrashTests : IDisposable
{
    private const int Cells = 12;
    private readonly TemporaryFolder folder = new();

    public SweepCrashTests()
    {
        var random = new RandomSequence(5);
        TableFile.WriteFloats(
            folder.File("base.npy"),
            Enumerable.Range(0, 4000 * 32).Select(_ => (float)random.NextGaussian()).ToArray(),
            32
        );
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_sweep_that_is_killed_goes_on_with_the_cells_that_have_no_row(int afterCells)
    {
        using (var sweep = Start())
        {
            ReadLines(sweep, afterCells);
            sweep.Kill();
            sweep.WaitForExit();
        }
        var before = Rows().Count;

        var (code, last) = RunToTheEnd();

        Assert.InRange(before, afterCells, Cells);
        Assert.Equal(0, code);
        Assert.StartsWith($"{Cells} cells: {Cells - before} measured, {before} done before, 0 failed.", last);
        Assert.Equal(Cells, Rows().Select(row => row.Cell.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("0123456789abcdef", 75)]
    public void A_sweep_that_is_asked_to_end_says_how_to_go_on(string? expflowRun, int code)
    {
        using var sweep = Start(expflowRun);
        ReadLines(sweep, 2);
        using (var kill = Process.Start("kill", ["-TERM", $"{sweep.Id}"]))
            kill.WaitForExit();
        var rest = sweep.StandardOutput.ReadToEnd();
        sweep.WaitForExit();

        // If it was faster than the signal, all is done.
        if (rest.Contains("12 cells:"))
            return;
        Assert.Equal(code, sweep.ExitCode);
        Assert.Contains("The same command goes on from here.", sweep.StandardError.ReadToEnd());
        Assert.All(Rows(), row => Assert.True(row.IsDone));
    }

    private static void ReadLines(Process process, int count)
    {
        for (var i = 0; i < count; i++)
            process.StandardOutput.ReadLine();
    }

    private (int Code, string? Last) RunToTheEnd()
    {
        using var sweep = Start();
        var lines = sweep.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        sweep.WaitForExit();
        return (sweep.ExitCode, lines[^1]);
    }

    private Process Start(string? expflowRun = null)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "vq-benchmark"),
            [
                "sweep",
                "--dataset",
                folder.File("base.npy"),
                "--method",
                "pq",
                "--m",
                "8,16",
                "--bits",
                "4,5",
                "--seed",
                "1..3",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("--no-search");
        start.Environment["DB_PATH"] = folder.File("vq.db");
        if (expflowRun is not null)
            start.Environment["EXPFLOW_RUN_ID"] = expflowRun;
        return Process.Start(start)!;
    }

    private IReadOnlyList<ResultRow> Rows() => new ResultDatabase(folder.File("vq.db")).Rows();
}
