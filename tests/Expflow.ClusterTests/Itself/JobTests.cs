using Xunit;

namespace Expflow.ClusterTests.Itself;

/// <summary>That the cluster is one: what Slurm does with jobs, as the product's tests rely on it.</summary>
public sealed class JobTests(Clusters clusters) : ClusterTest(clusters)
{
    [Fact]
    public async Task A_job_runs_on_a_node_of_its_own_name_and_is_accounted()
    {
        var job = await Cluster.Sbatch($"-w cpu03 -D '{Project.Home}'", "hostname > host");
        await Cluster.WaitForState(job, "COMPLETED");
        Assert.Equal("cpu03\n", Project.Read("../host"));
        await WaitFor("sacct knows", async () => await Cluster.Sacct(job, "State,ExitCode") == "COMPLETED|0:0");
    }

    [Fact]
    public async Task An_array_of_40_runs_and_each_task_knows_its_index()
    {
        var job = await Cluster.Sbatch($"--array=0-39 -D '{Project.Home}'", "touch task$SLURM_ARRAY_TASK_ID");
        await Cluster.WaitForState(job, "COMPLETED");
        Assert.Equal(40, Directory.GetFiles(Project.Home, "task*").Length);
    }

    [Fact]
    public async Task Aftercorr_keeps_back_only_the_task_whose_own_counterpart_failed()
    {
        var first = await Cluster.Sbatch("--array=0-3", "[ $SLURM_ARRAY_TASK_ID != 2 ]");
        var second = await Cluster.Sbatch($"--array=0-3 -d aftercorr:{first}", "true");
        foreach (var task in (int[])[0, 1, 3])
            await Cluster.WaitForState($"{second}_{task}", "COMPLETED");
        await WaitFor(
            "the third waits for ever",
            async () => await Cluster.Shell($"squeue -h -j {second}_2 -o '%T %r'") == "PENDING DependencyNeverSatisfied"
        );
    }

    [Fact]
    public async Task A_job_in_high_takes_the_place_of_one_in_low_which_runs_again_under_its_id()
    {
        var low = await Cluster.Sbatch("-p low -N4 --exclusive --requeue", "[ \"$SLURM_RESTART_COUNT\" ] || sleep 60");
        await Cluster.WaitForState(low, "RUNNING");
        var high = await Cluster.Sbatch("-p high -N4 --exclusive", "true");
        await Cluster.WaitForState(high, "COMPLETED");
        await Cluster.WaitForState(low, "COMPLETED");
        await WaitFor("sacct knows both", async () => await States(low) == "PREEMPTED COMPLETED");
    }

    [Fact]
    public async Task A_requeued_job_keeps_its_id_and_counts_its_restarts()
    {
        var job = await Cluster.Sbatch(
            $"--requeue -D '{Project.Home}'",
            "echo ${SLURM_RESTART_COUNT:-0} >> starts; [ \"$SLURM_RESTART_COUNT\" ] || sleep 60"
        );
        await WaitFor("it runs", () => File.Exists(Path.Combine(Project.Home, "starts")));
        await Cluster.Shell($"scontrol requeue {job}");
        await Cluster.WaitForState(job, "COMPLETED");
        Assert.Equal("0\n1\n", Project.Read("../starts"));
    }

    [Fact]
    public async Task GPUs_are_typed_and_counted()
    {
        var job = await Cluster.Sbatch(
            $"-p gpu --gres=gpu:rtx8000:8 -D '{Project.Home}'",
            "echo $CUDA_VISIBLE_DEVICES > gpus"
        );
        await Cluster.WaitForState(job, "COMPLETED");
        Assert.Equal("0,1,2,3,4,5,6,7\n", Project.Read("../gpus"));
        Assert.NotEqual(0, (await Cluster.Try("sbatch -p gpu -N1 --gres=gpu:a100:5 --wrap true")).Code);
    }

    private async Task<string> States(string job) => (await Cluster.Sacct(job, "State", "-D")).Replace('\n', ' ');
}
