using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Runs that somebody ends, or starts again, with Slurm's own commands.</summary>
public sealed class HandTests(Clusters clusters) : EndingTest(clusters)
{
    [Fact]
    public async Task A_running_task_that_the_user_cancels_is_told_so_and_not_tried_again()
    {
        var job = await Send(
            "sweep: {grid: {x: [0, 1]}}\ncommand: 'touch {project.dir}/on{x}; [ {x} = 0 ] || sleep 60'"
        );
        await WaitFor("it runs", () => File.Exists(Project["on1"]));
        await Cluster.Shell($"scancel {job}_1");
        await WaitForStates("done failed");
        var run = (await Look())[1];
        Assert.Equal(("cancelled", "cancelled with scancel", 1), (run.Cause, run.Reason, run.Attempt));
        Assert.Equal("leave", await Recover());
        Assert.Equal("", await Queue());
    }

    [Fact]
    public async Task A_pending_task_that_the_user_cancels_is_told_so_and_not_tried_again()
    {
        var job = await Send($"{NothingStarts}command: 'true'");
        await Cluster.Shell($"scancel {job}_0");
        var run = await WaitForStates("failed");
        Assert.Equal(("cancelled", "cancelled with scancel"), (run.Cause, run.Reason));
        Assert.Equal("leave", await Recover());
        Assert.Equal("", await Queue());
    }

    [Fact]
    public async Task A_requeue_by_hand_is_a_second_attempt_of_the_same_job_and_dependants_wait_for_that()
    {
        var sent = await SendAll(
            """
            stages:
              a: {command: 'echo $EXPFLOW_ATTEMPT >> {project.dir}/tries; [ $EXPFLOW_ATTEMPT = 2 ] || sleep 60'}
              b: {command: 'cp {project.dir}/tries {project.dir}/seen', needs: [a]}
            slurm: {requeue: true}
            """
        );
        await WaitForText("tries", "1\n");
        await Cluster.Shell($"scontrol requeue {sent["a"]}_0");
        await WaitForStates("done done");
        Assert.Equal("1\n2\n", Project.Read("seen"));
        var a = await LookAt("a");
        Assert.Equal(($"{sent["a"]}_0", 2), (a.Job, a.Attempt));
        Assert.StartsWith("1 again: ", await Story(a.Id));
        Assert.EndsWith(", 2 done", await Story(a.Id));
    }

    [Fact]
    public async Task A_preempted_run_goes_on_under_its_id_when_the_other_job_is_over()
    {
        var job = await Send(
            """
            command: 'echo $EXPFLOW_ATTEMPT >> {project.dir}/tries; [ $EXPFLOW_ATTEMPT = 2 ] || sleep 60'
            resources: {partition: low, cpus: 8}
            retry: {preempted: {times: 3}}
            """
        );
        await WaitForText("tries", "1\n");
        var other = await Cluster.Sbatch("-p high -N4 --exclusive", "sleep 1");
        await Cluster.WaitForState(other, "COMPLETED");
        await WaitForStates("done");
        Assert.Equal($"{job}_0", (await LookAt()).Job);
        Assert.EndsWith(", 2 done", await Story());
        Assert.Equal("1\n2\n", Project.Read("tries"));
    }

    [Fact]
    public async Task A_preempted_run_that_may_not_be_requeued_is_told_so_and_recovered()
    {
        await Send(
            """
            command: 'echo $EXPFLOW_ATTEMPT >> {project.dir}/tries; [ $EXPFLOW_ATTEMPT = 2 ] || sleep 60'
            resources: {partition: low, cpus: 8}
            """
        );
        await WaitForText("tries", "1\n");
        var other = await Cluster.Sbatch("-p high -N4 --exclusive", "sleep 1");
        await Cluster.WaitForState(other, "COMPLETED");
        var run = await WaitForStates("failed");
        Assert.Equal(("preempted", "preempted by another job"), (run.Cause, run.Reason));
        Assert.Equal("again: preempted", await Recover());
        await WaitForStates("done");
        Assert.Equal("1 failed: preempted, 2 done", await Story());
    }
}
