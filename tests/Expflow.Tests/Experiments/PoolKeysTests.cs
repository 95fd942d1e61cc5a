using Expflow.Experiments;
using Xunit;

namespace Expflow.Tests.Experiments;

/// <summary>What the keys <c>executor</c>, <c>pool</c>, <c>priority</c> and <c>first</c> say.</summary>
public sealed class PoolKeysTests : IDisposable
{
    private const string File = """
        experiment: e
        executor: pool
        pool:
          name: gpus
          allocations: 4
          gres: gpu:rtx8000:8,lscratch:100
          workers_per_gpu: 2
          max_hours: 11.5
          cpus: 48
          memory: 360G
          idle: 90s
          stagger: 30s
          mps: true
        priority: 300
        sweep: {grid: {x: [1, 2]}, first: [{x: 2}]}
        stages:
          a: {command: 'a {x}'}
          b: {command: 'b {x}', priority: 900}
        """;

    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_pool_is_read_and_survives_being_written_down()
    {
        var experiment = files.Good(File);

        Assert.True(ExperimentReader.ReadResolved(experiment.Resolved, "e.yaml").TryGet(out var again));
        foreach (var one in (Experiment[])[experiment, again])
        {
            Assert.Equal((ExperimentExecutor.Pool, "gpus", 4), (one.Executor, one.Pool.Name, one.Pool.Allocations));
            Assert.Equal(("rtx8000:8", 2, 48), ($"{one.Pool.Gpus}", one.Pool.WorkersPerGpu, one.Pool.Cpus));
            Assert.Equal(["lscratch:100"], one.Pool.Gres);
            Assert.Equal(("11:30:00", "360G", true), ($"{one.Pool.Time}", $"{one.Pool.Memory}", one.Pool.Mps));
            Assert.Equal((90, 30), (one.Pool.Idle!.Value.TotalSeconds, one.Pool.Stagger!.Value.TotalSeconds));
            Assert.Equal((300, 900), (one.Stage("a")!.Priority, one.Stage("b")!.Priority));
            Assert.Equal("2", Assert.Single(one.Sweep.First)["x"].Display);
        }
    }

    [Fact]
    public void The_project_file_fills_in_what_the_experiment_leaves_open()
    {
        files.Write("expflow.yaml", "pool: {gres: gpu:4, idle: 0, workers: 3}\nresources: {account: lab}\n");
        Assert.True(ProjectDefaults.Read(files["expflow.yaml"]).TryGet(out var project));
        files.Project = project;

        Assert.Equal(("gpus", "4"), Shown(files.Good("experiment: e\ncommand: x\npool: {name: gpus}\n").Pool));
        Assert.True(project.Pool([("workers_per_gpu", "--workers-per-gpu 3", "3")]).TryGet(out var pool));
        Assert.Equal(
            (4, 3, "lab", TimeSpan.Zero),
            (pool.Gpus!.Value.Count, pool.WorkersPerGpu, pool.Account, pool.Idle)
        );
    }

    [Theory]
    [InlineData("pool: {gres: 'gpu:x:y'}", "'gres' takes GPUs such as gpu:2 or gpu:rtx8000:8; this is 'gpu:x:y'.")]
    [InlineData(
        "pool: {workers_per_gpu: 2}",
        "'workers_per_gpu' shares GPUs, but 'gres' asks for none. Add 'gres: gpu:1', or remove it."
    )]
    [InlineData("pool: {max_hours: 0}", "'max_hours' takes hours above 0, up to a year; this is '0'.")]
    [InlineData("pool: {idle: soon}", "'idle' takes a time such as 5m, 30s or 0; this is 'soon'.")]
    [InlineData("pool: {worker: 2}", "'worker' is not a key of 'pool'. Did you mean 'workers'?")]
    [InlineData("executor: pol", "'executor' takes local or slurm or pool; this is 'pol'. Did you mean 'pool'?")]
    [InlineData("priority: 2000", "'priority' takes a whole number from 0 to 1000; this is '2000'.")]
    [InlineData("sweep: {grid: {x: [1]}, first: [{y: 1}]}", "'y' is no parameter.")]
    public void What_is_wrong_is_said(string line, string words) =>
        Assert.Contains(
            words.Split('.')[0],
            string.Join('\n', files.Problems($"experiment: e\ncommand: 'c {{flags}}'\n{line}\n")),
            StringComparison.Ordinal
        );

    private static (string, string) Shown(PoolSettings pool) => (pool.Name, $"{pool.Gpus}");
}
