using System.Globalization;
using System.Text.Json;
using Expflow.ClusterTests.Endings;
using Xunit;

namespace Expflow.ClusterTests.Pools;

/// <summary>What tests of pools have in common: the experiment <c>s</c>, the pool <c>main</c>, and a ledger into which each run writes a line when its work is done.</summary>
public abstract class PoolTest(Clusters clusters) : EndingTest(clusters)
{
    /// <summary>Written at the end of a command: once for each time that the work of a run was done.</summary>
    protected const string Done = "echo $EXPFLOW_RUN_ID $SLURMD_NODENAME >> {project.dir}/ledger";

    /// <summary>Starts allocations of the pool <c>main</c>; their job.</summary>
    protected async Task<string> Start(params string[] options)
    {
        // What is dead is noticed within seconds.
        Project.Variables["EXPFLOW_SLURM_INTERVAL"] = "1";
        using var json = JsonDocument.Parse((await Project.Run(["pool", "start", .. options, "--json"])).Text);
        return json.RootElement.GetProperty("job").GetString()!;
    }

    /// <summary>Puts the experiment <c>s</c> into the queue of <c>main</c>.</summary>
    protected Task Give(string file, params string[] options) => GiveAs("s", file, options);

    /// <summary>Puts an experiment into the queue of <c>main</c>; how many runs that adds to it.</summary>
    protected async Task<int> GiveAs(string name, string file, params string[] options)
    {
        Project.Variables["EXPFLOW_SLURM_INTERVAL"] = "1";
        Project.Write($"{name}.yaml", $"experiment: {name}\nsnapshot: off\n{file}\n");
        var said = (await Project.Run(["submit", $"{name}.yaml", "--pool", "main", .. options, "--json"])).Text;
        using var json = JsonDocument.Parse(said);
        return json.RootElement.GetProperty("queued").GetInt32();
    }

    /// <summary>The pool as <c>pool status</c> tells of it.</summary>
    protected async Task<Pool> LookAtPool(string name = "main") =>
        Pool.Read((await Project.Run("pool", "status", name, "--json")).Text);

    /// <summary>Waits until the runs of <c>s</c> stand so: <c>4 done 1 failed</c>.</summary>
    protected async Task WaitForRuns(string standing, double seconds = 90, string experiment = "s")
    {
        var seen = "";
        await Wait.For(
            () => $"the runs are {standing}, not {seen}",
            async () => (seen = await Standing(experiment)) == standing,
            seconds,
            Cluster.Describe,
            Project.Describe
        );
    }

    /// <summary>Waits until nothing of the pool is in Slurm's queue and no agent has a folder: what it had is where it belongs.</summary>
    protected Task WaitUntilOver(double seconds = 60) =>
        WaitFor(
            "the pool's allocations are given back",
            async () => await Queue() == "" && (await LookAtPool()).Allocations.Count == 0,
            seconds
        );

    /// <summary>The lines of a file of the project.</summary>
    protected string[] Lines(string file) => Project.Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every run did its work, and did it once.</summary>
    protected void AssertOnceEach(int runs)
    {
        var done = Lines("ledger").Select(line => line.Split(' ')[0]).ToList();
        Assert.Equal((runs, runs), (done.Count, done.Distinct().Count()));
    }

    /// <summary>A pool as <c>pool status --json</c> tells of it.</summary>
    protected sealed record Pool
    {
        public required string State { get; init; }
        public required IReadOnlyList<Allocation> Allocations { get; init; }
        public required IReadOnlyList<string> Running { get; init; }
        public required int Workers { get; init; }
        public required int Waiting { get; init; }
        public required int Claimed { get; init; }
        public required int Blocked { get; init; }
        public required int Done { get; init; }
        public required int Failed { get; init; }

        public static Pool Read(string text)
        {
            using var json = JsonDocument.Parse(text);
            var pool = json.RootElement.GetProperty("pools")[0];
            int Number(string name) => pool.GetProperty(name).GetInt32();
            return new()
            {
                State = pool.GetProperty("state").GetString()!,
                Allocations = [.. pool.GetProperty("allocations").EnumerateArray().Select(Of)],
                Running =
                [
                    .. pool.GetProperty("running").EnumerateArray().Select(run => run.GetProperty("run").GetString()!),
                ],
                Workers = Number("workers"),
                Waiting = Number("waiting"),
                Claimed = Number("claimed"),
                Blocked = Number("blocked"),
                Done = Number("done"),
                Failed = Number("failed"),
            };
        }

        private static Allocation Of(JsonElement one) =>
            new(
                one.GetProperty("job").GetString()!,
                one.GetProperty("node").GetString(),
                one.GetProperty("slurm_state").GetString(),
                one.TryGetProperty("seconds_left", out var left) ? left.GetDouble() : null
            );
    }

    protected sealed record Allocation(string Job, string? Node, string? State, double? SecondsLeft);

    /// <summary>A number of a sweep: <c>0..N-1</c>.</summary>
    protected static string Sweep(int runs) =>
        string.Create(CultureInfo.InvariantCulture, $"sweep: {{grid: {{x: 0..{runs - 1}}}}}");
}
