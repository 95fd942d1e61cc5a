using System.Text.Json;
using Expflow.ClusterTests.Submission;
using Xunit;

namespace Expflow.ClusterTests.Advice;

/// <summary>Advice on runs that a real Slurm has carried out.</summary>
public sealed class AdviceTests(Clusters clusters) : SubmissionTest(clusters)
{
    private const string Holding = """
        experiment: hold
        snapshot: off
        sweep: {grid: {megabytes: [50, 300, 600], seed: [0, 1]}}
        resources: {cpus: 8, memory: 2G, walltime: 2h}   # a guess
        command: set -o pipefail; head -c {megabytes}M /dev/zero | tail -c {megabytes}M | (sleep 1.5; wc -c > {run.dir}/size; echo {seed})
        outputs: [size]
        """;

    [Fact]
    public async Task What_is_advised_is_enough_on_the_cluster_too()
    {
        Project.Write("e.yaml", Holding);
        await Submit("e.yaml");
        await WaitForEmptyQueue();
        Assert.Equal("6 done", await Standing("hold"));

        var stage = (await Advise("--apply")).GetProperty("stages")[0];
        var memory = stage.GetProperty("resources").GetProperty("memory");
        Assert.Equal("800M", memory.GetProperty("write").GetString());
        Assert.Equal("megabytes", memory.GetProperty("goes_with").GetProperty("parameter").GetString());
        Assert.Equal(
            Holding.Replace("cpus: 8, memory: 2G, walltime: 2h", "cpus: 1, memory: 800M, walltime: 5m"),
            Project.Read("e.yaml")
        );

        var sent = await Submit("e.yaml", "--fresh");
        Assert.Equal("800M", (await Show(sent["main"]))["MinMemoryNode"]);
        await WaitForEmptyQueue();
        Assert.Equal("6 done", await Standing("hold"));
    }

    [Fact]
    public async Task A_smaller_request_starts_where_the_guess_would_wait()
    {
        Project.Write("e.yaml", Holding);
        await Submit("e.yaml");
        await WaitForEmptyQueue();
        // On every node of the partition one core is left for the next hour.
        for (var node = 1; node <= 4; node++)
            await Cluster.Sbatch($"-w cpu0{node} -c 7 --mem=1G -t 1:00:00", "sleep 3600");
        await WaitFor(
            "all of them run",
            async () => (await Queue("%T")).Split('\n').Count(state => state == "RUNNING") == 4
        );

        var advice = (await Advise()).GetProperty("partitions");
        var start = advice.GetProperty("starts")[0];
        var gain =
            start.GetProperty("as_asked").GetDateTimeOffset() - start.GetProperty("as_advised").GetDateTimeOffset();
        Assert.Equal(
            ("main", "cpu"),
            (start.GetProperty("stage").GetString(), start.GetProperty("partition").GetString())
        );
        Assert.InRange(gain, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(90));
        // Of those that start it at once, those without GPUs come first.
        var ranked = advice.GetProperty("jobs")[0].GetProperty("access").EnumerateArray().ToList();
        Assert.Equal(
            ["gpu", "old"],
            ranked.TakeLast(2).Select(one => one.GetProperty("partition").GetString()).Order()
        );
        var shown = await Project.Run("advise", "hold");
        Assert.Matches(@"main in 'cpu': as asked in \d+ min \d+ s, as advised at once\.", shown.Out);
    }

    [Fact]
    public async Task Gpus_of_two_types_are_told_apart_and_what_they_leave_free_is_used()
    {
        Replace(
            "nvidia-smi",
            """
            case $SLURMD_NODENAME in gpu01) name='Quadro RTX 8000';; *) name='NVIDIA A100-SXM4-40GB';; esac
            case $* in *memory.total*) memory=40960;; *) memory=9000;; esac
            echo "0, GPU-aa, $name, $memory, 30"
            """
        );
        Project.Write(
            "g.yaml",
            """
            experiment: g
            snapshot: off
            sweep: {grid: {seed: 0..3}}
            resources: {gpus: 1, partition: gpu, walltime: 1h}
            command: sleep 1.5; echo {seed}
            """
        );
        await Submit("g.yaml", "--set", "seed=0..2", "--resources", "gpus=a100:1");
        await WaitForEmptyQueue();
        await Submit("g.yaml", "--set", "seed=3", "--resources", "gpus=rtx8000:1");
        await WaitForEmptyQueue();

        var advice = await Advise(experiment: "g");
        var gpus = advice.GetProperty("stages")[0].GetProperty("gpus");
        // 9000 MiB and a tenth go four times into 40960 MiB; three times 30 % keep it busy.
        Assert.Equal(3, gpus.GetProperty("workers_per_gpu").GetInt32());
        Assert.Equal(40960L << 20, gpus.GetProperty("card_memory").GetInt64());
        Assert.Equal(2, gpus.GetProperty("types").GetArrayLength());
        var warning = Assert.Single(advice.GetProperty("warnings").EnumerateArray());
        Assert.Equal("gpu_type", warning.GetProperty("kind").GetString());
        Assert.Contains("3 runs NVIDIA A100-SXM4-40GB, 1 run Quadro RTX 8000", warning.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_Slurm_killed_for_memory_needs_more_than_it_had()
    {
        Project.Write("e.yaml", Holding.Replace("memory: 2G", "memory: 200M"));
        await Submit("e.yaml", "--set", "megabytes=[300]");
        await WaitForEmptyQueue();
        await WaitFor("their ends are known", async () => await Standing("hold") == "2 failed");

        var memory = (await Advise()).GetProperty("stages")[0].GetProperty("resources").GetProperty("memory");
        Assert.Equal(2, memory.GetProperty("not_enough").GetInt32());
        Assert.InRange(memory.GetProperty("next").GetInt64(), 400L << 20, 2L << 30);
        Assert.True(memory.GetProperty("change").GetBoolean());
    }

    private async Task<JsonElement> Advise(string option = "--json", string experiment = "hold")
    {
        var ended = await Project.Run("advise", experiment, "--json", option);
        return JsonDocument.Parse(ended.Text).RootElement;
    }
}
