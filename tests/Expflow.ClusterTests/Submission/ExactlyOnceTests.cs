using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>That Slurm has all of a submission or nothing, and each array once, whatever happens to the calls.</summary>
public sealed class ExactlyOnceTests(Clusters clusters) : SubmissionTest(clusters)
{
    private const string Chain = """
        experiment: chain
        sweep: {grid: {x: [1, 2, 3]}}
        stages:
          first: {command: 'echo {x}'}
          second: {needs: [first], command: 'echo {x}'}
          third: {needs: [second], command: 'echo {x}'}
        """;

    [Fact]
    public async Task A_job_whose_answer_was_lost_is_found_and_not_submitted_again()
    {
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("chain.yaml", Chain);
        Project.Variables["EXPFLOW_SLURM_TIMEOUT"] = "2";
        // The second call works, and its answer never comes.
        Replace(
            "sbatch",
            "echo >> ../calls; [ $(wc -l < ../calls) = 2 ] || exec $REAL \"$@\"; $REAL \"$@\" > ../answer; sleep 60"
        );
        var sent = await Submit("chain.yaml");
        Assert.Equal(Project.Read("../answer").Trim(), sent["second"]);
        Assert.Equal(sent.Arrays.Select(array => array.Job), await QueuedJobs());
        Assert.DoesNotContain("JobHeldUser", await Reasons());
        Assert.Equal(0, (await Submit("chain.yaml")).New);
    }

    [Fact]
    public async Task Without_an_answer_and_without_a_job_nothing_is_submitted_and_the_next_time_it_works()
    {
        Project.Write("chain.yaml", Chain);
        Project.Variables["EXPFLOW_SLURM_TIMEOUT"] = "1";
        Replace("sbatch", "echo >> ../calls; [ $(wc -l < ../calls) = 2 ] || exec $REAL \"$@\"; sleep 60");
        var said = await FailToSubmit("chain.yaml");
        Assert.Contains("stage 'second'", said);
        Assert.Contains("Try again", said);
        Assert.Equal("", await Queue());
        Restore();
        Project.Variables.Remove("EXPFLOW_SLURM_TIMEOUT");
        Assert.Equal(9, (await Submit("chain.yaml")).New);
        await WaitForEmptyQueue();
        Assert.Equal("9 done", await Standing("chain"));
    }

    [Fact]
    public async Task A_job_that_turns_up_after_all_is_held_and_the_next_submission_takes_it_back()
    {
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("chain.yaml", Chain);
        Project.Variables["EXPFLOW_SLURM_TIMEOUT"] = "1";
        var late = "( (until [ -e ../now ]; do sleep 0.1; done; $REAL \"$@\" ../script) & ) > /dev/null 2>&1";
        Replace("sbatch", $"cat > ../script; {late}; sleep 60");
        Assert.Contains("stage 'first'", await FailToSubmit("chain.yaml"));
        Project.Write("../now", "");
        await WaitFor("it turns up", async () => await Queue("%r") == "JobHeldUser");
        Restore();
        var sent = await Submit("chain.yaml");
        Assert.Equal(9, sent.New);
        Assert.Equal(sent.Arrays.Select(array => array.Job), await QueuedJobs());
    }

    [Fact]
    public async Task What_a_killed_submit_left_held_is_taken_back_and_all_of_it_is_submitted_once()
    {
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("chain.yaml", Chain);
        Replace("sbatch", "$REAL \"$@\"; echo >> ../calls; [ $(wc -l < ../calls) != 2 ] || kill -9 $PPID");
        Assert.Equal(137, (await Project.Run("submit", "chain.yaml")).Code);
        Assert.Equal(("JobHeldUser", 2), (await Reasons(), (await QueuedJobs()).Length));
        Restore();
        var sent = await Submit("chain.yaml");
        Assert.Equal((9, 3), (sent.New, sent.Arrays.Count));
        Assert.Equal(sent.Arrays.Select(array => array.Job), await QueuedJobs());
        Assert.DoesNotContain("JobHeldUser", await Reasons());
    }

    [Theory]
    [InlineData("partition=nowhere", "'resources.partition'")]
    [InlineData("account=nobody", "'resources.account'")]
    public async Task A_stage_that_Slurm_refuses_takes_the_stages_before_it_back(string asked, string wayOut)
    {
        Project.Write("chain.yaml", Chain);
        await Cluster.Set("AccountingStorageEnforce=associations");
        var said = await FailToSubmit("chain.yaml", "--stage", $"third.{asked}");
        Assert.Contains("Slurm refuses stage 'third'", said);
        Assert.Contains(wayOut, said);
        Assert.Equal("", await Queue());
        Assert.Equal(9, (await Submit("chain.yaml")).New);
    }

    [Theory]
    [InlineData("memory=900G", "'memory' 900G a node, but no node of partition 'cpu' has more than 16000M")]
    [InlineData("cpus=64", "'cpus' 64, but no node of partition 'cpu' has more than 8")]
    [InlineData("gpus=1", "'gpus' 1, but no node of partition 'cpu' has more than 0")]
    public async Task What_no_node_has_is_told_before_anything_is_submitted(string asked, string told)
    {
        // Slurm doesn't look: the job is held, and waits for others.
        Project.Write("chain.yaml", Chain);
        var said = await FailToSubmit("chain.yaml", "--stage", $"third.{asked}");
        Assert.Contains($"Stage 'third' asks for {told}", said);
        Assert.Equal(
            ("", false),
            (
                await Queue(),
                Directory.Exists(Project[".expflow/manifests"])
                    && Directory.GetFiles(Project[".expflow/manifests"]).Length > 0
            )
        );
    }

    [Fact]
    public async Task A_node_that_is_out_of_service_is_a_node()
    {
        Project.Write("chain.yaml", Chain);
        await Cluster.Shell("scontrol update NodeName=cpu[01-04] State=DRAIN Reason=test");
        Assert.Equal(9, (await Submit("chain.yaml", "--resources", "memory=15G", "--resources", "partition=cpu")).New);
    }

    [Fact]
    public async Task Jobs_that_could_not_be_released_are_released_by_the_next_command()
    {
        Project.Write("chain.yaml", Chain);
        Replace("scontrol", "[ \"$1\" != release ] || { echo 'Socket timed out' >&2; exit 1; }; exec $REAL \"$@\"");
        Assert.Contains("still held", (await Project.Run("submit", "chain.yaml")).Text);
        Assert.Equal(("JobHeldUser", 3), (await Reasons(), (await QueuedJobs()).Length));
        Restore();
        Assert.Equal(0, (await Submit("chain.yaml")).New);
        await WaitForEmptyQueue();
        Assert.Equal("9 done", await Standing("chain"));
    }

    [Fact]
    public async Task Two_at_the_same_moment_submit_once()
    {
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("chain.yaml", Chain);
        var both = await Task.WhenAll(Submit("chain.yaml"), Submit("chain.yaml"));
        Assert.Equal([0, 9], both.Select(sent => sent.New).Order());
        Assert.Equal(3, (await QueuedJobs()).Length);
    }
}
