using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>That sweeps of many runs become few arrays, whatever shape their stages have.</summary>
public sealed class SweepTests(Clusters clusters) : SubmissionTest(clusters)
{
    private const string Sweep216 = """
        experiment: sweep
        sweep: {grid: {a: 1..6, b: 1..6, c: 1..6}}
        command: echo {a} {b} {c} > {run.dir}/result
        outputs: [result]
        """;

    private const string Two = """
        experiment: two
        sweep: {grid: {x: 1..60}}
        stages:
          first: {command: 'echo {x}'}
          second: {needs: [first], command: 'echo {x}'}
        """;

    [Fact]
    public async Task Two_hundred_and_sixteen_runs_are_one_array_and_a_second_submission_adds_none()
    {
        Project.Write("sweep.yaml", Sweep216);
        var sent = await Submit("sweep.yaml");
        Assert.Equal(new("main", sent.Job, "0-215", ""), sent.Arrays.Single());
        // Some may be done by now; none is new.
        Assert.Matches(
            @"^sweep: 216 runs: (\d+ already submitted, )?\d+ already (submitted|done)\s*$",
            (await Project.Run("submit", "sweep.yaml")).Text
        );
        await WaitForEmptyQueue(120);
        Assert.Equal("216 done", await Standing("sweep"));
        Assert.Contains("216 runs: 216 already done", (await Project.Run("submit", "sweep.yaml")).Text);
        Assert.Equal(216, Directory.GetFiles(Project["runs"], "result", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Arrays_are_cut_at_MaxArraySize_and_each_begins_at_0()
    {
        await Cluster.Set("MaxArraySize=50");
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("sweep.yaml", Sweep216);
        var sent = await Submit("sweep.yaml");
        Assert.Equal(["0-49", "0-49", "0-49", "0-49", "0-15"], sent.Arrays.Select(array => array.Indices));
        Assert.Equal(216, (await Cluster.Shell("squeue -h -r -o %i")).Split('\n').Length);
    }

    [Fact]
    public async Task A_chain_that_is_cut_still_goes_task_by_task()
    {
        await Cluster.Set("MaxArraySize=50");
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("two.yaml", Two);
        var jobs = (await Submit("two.yaml")).Arrays;
        Assert.Equal(["0-49", "0-9", "0-49", "0-9"], jobs.Select(array => array.Indices));
        Assert.StartsWith($"aftercorr:{jobs[0].Job}_*", (await Show(jobs[2].Job))["Dependency"]);
        Assert.StartsWith($"aftercorr:{jobs[1].Job}_*", (await Show(jobs[3].Job))["Dependency"]);
    }

    [Fact]
    public async Task One_run_that_many_need_and_one_that_needs_many_wait_with_afterok()
    {
        Project.Write(
            "fan.yaml",
            """
            experiment: fan
            sweep: {grid: {lr: [1, 2, 3]}}
            stages:
              vgae: {command: 'echo trained > {run.dir}/model', outputs: [model]}
              fusion: {needs: [vgae], command: 'cat {vgae.dir}/model > {run.dir}/model; echo {lr} >> {run.dir}/model', outputs: [model]}
              table: {needs: [fusion], per: [], command: 'for f in {fusion.dir}; do cat "$f"/model; done > {run.dir}/all', outputs: [all]}
            """
        );
        var sent = await Submit("fan.yaml");
        var (vgae, fusion) = (sent["vgae"], sent["fusion"]);
        Assert.Equal(
            ["", $"afterok:{vgae}_0", $"afterok:{fusion}_0:{fusion}_1:{fusion}_2"],
            sent.Arrays.Select(array => array.Dependency)
        );
        await WaitForEmptyQueue();
        Assert.Equal("5 done", await Standing("fan"));
        var all = Directory.GetFiles(Project["runs/fan/table"], "all", SearchOption.AllDirectories).Single();
        Assert.Equal("trained 1 trained 2 trained 3 ", File.ReadAllText(all).ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task A_full_controller_is_told_at_once_and_nothing_is_half_submitted()
    {
        await Cluster.ForgetFinished();
        await Cluster.Set("MaxJobCount=80");
        Project.Write("two.yaml", Two);
        var foreign = await Cluster.Sbatch("--array=0-9 --hold", "true");
        Project.Variables["EXPFLOW_SLURM_TIMEOUT"] = "20";
        var said = await FailToSubmit("two.yaml");
        Assert.Contains("stage 'second'", said);
        Assert.Contains("Try again when jobs have ended", said);
        Assert.Equal($"{foreign}_[0-9]", await Queue("%i"));
    }
}
