using System.Text.Json;
using Expflow.ClusterTests.Submission;
using Xunit;

namespace Expflow.ClusterTests.Trials;

/// <summary>Trials in Slurm jobs, on GPUs that Slurm counts and a program in place of <c>nvidia-smi</c> tells of.</summary>
public sealed class TrialTests(Clusters clusters) : SubmissionTest(clusters)
{
    // Two beside each other are hardly slower than one; three are in each other's way.
    private const string Work =
        "me={project.dir}/busy/$EXPFLOW_RUN_ID; touch \"$me\"; left=150; while [ $left -gt 0 ]; do case $(ls {project.dir}/busy | wc -l) in 1) left=$((left - 10));; 2) left=$((left - 9));; *) left=$((left - 3));; esac; sleep 0.1; done; rm \"$me\"";

    [Fact]
    public async Task A_job_with_one_GPU_finds_that_two_runs_at_a_time_beat_one_and_three()
    {
        Write(Work);
        var ended = await Project.Run("trial", "shared.yaml", "--json");
        Assert.True(ended.Code == 0, ended.All);
        using var json = JsonDocument.Parse(ended.Out);
        var proposal = json.RootElement.GetProperty("proposals")[0];
        Assert.Equal(2, proposal.GetProperty("workers_per_gpu").GetInt32());
        var measures = json.RootElement.GetProperty("measures").EnumerateArray().ToList();
        Assert.Equal([2, 4, 6], measures.Select(measure => measure.GetProperty("done").GetInt32()));
        Assert.All(measures, measure => Assert.Equal("Tried GPU", measure.GetProperty("gpu").GetString()));
        Assert.StartsWith(
            "No experiment 'shared' has been submitted.",
            (await Project.Run("status", "shared")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_job_asks_for_the_GPUs_of_one_run_and_the_cores_and_the_memory_of_three()
    {
        Write(Work, "slurm: {directives: [--begin=now+1hour]}");
        await Project.Run("trial", "shared.yaml", "--detach");
        var job = await Show((await QueuedJobs()).Single());
        Assert.Equal(("6", "3000M"), (job["NumCPUs"], job["MinMemoryNode"]));
        Assert.Contains("gres:gpu:rtx8000:1", job["TresPerNode"], StringComparison.Ordinal);
        // 12 runs, 6 after each other, 30 min at most each, and 5 min.
        Assert.Equal(("03:05:00", "0"), (job["TimeLimit"], job["Requeue"]));
    }

    [Fact]
    public async Task What_a_cancelled_trial_has_not_measured_is_told()
    {
        Write("[ $(ls {project.dir}/busy | wc -l) = 0 ] || sleep 60; touch {project.dir}/busy/$EXPFLOW_RUN_ID");
        var running = Project.Run("trial", "shared.yaml");
        await WaitFor("it has begun", () => Directory.GetFiles(Project["busy"]).Length > 0);
        await Cluster.Shell("scancel -u $(id -u)");
        var ended = await running;
        Assert.Equal(1, ended.Code);
        Assert.Contains("3 settings not measured", ended.Out, StringComparison.Ordinal);
    }

    private void Write(string command, string more = "")
    {
        Replace(
            "nvidia-smi",
            $"""
            case "$*" in *memory.total*) echo '0, GPU-1, 49152'; exit;; esac
            n=$(ls "{Project["busy"].Replace("\"", "\\\"", StringComparison.Ordinal)}" | wc -l)
            echo "0, GPU-1, Tried GPU, $((n * 9000)), $((n * 45))"
            """
        );
        Directory.CreateDirectory(Project["busy"]);
        Project.Write(
            "shared.yaml",
            $$"""
            experiment: shared
            snapshot: off
            sweep:
              grid: {seed: 0..2}
            command: >-
              : {seed}; {{command}}
            resources: {partition: gpu, gpus: rtx8000:1, cpus: 2, memory: 1000M}
            trial:
              criteria: {gpu_use: 20}
            {{more}}
            """
        );
    }
}
