using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>The teacher pipeline of examples/kd-gat: three stages, four data sets, 96 to 128 G of memory and a GPU each.</summary>
public sealed class PipelineTests(Clusters clusters) : SubmissionTest(clusters)
{
    [Fact]
    public async Task It_is_three_arrays_of_four_and_each_run_follows_its_own()
    {
        Copy("kd-gat");
        var sent = await Submit("kd-gat.yaml", "--pipeline", "teacher");
        Assert.Equal(
            [
                new("vgae", sent["vgae"], "0-3", ""),
                new("curriculum", sent["curriculum"], "0-3", $"aftercorr:{sent["vgae"]}"),
                new("fusion", sent["fusion"], "0-3", $"aftercorr:{sent["vgae"]},aftercorr:{sent["curriculum"]}"),
            ],
            sent.Arrays
        );
        await WaitForEmptyQueue();
        Assert.Equal("12 done", await Standing("kd-gat"));
        var model = Directory
            .GetFiles(Project["runs/kd-gat/fusion"], "model.pt", SearchOption.AllDirectories)
            .Order()
            .Last();
        Assert.StartsWith(
            "fusion time,id,label 0.0,0x1d0,0 0.1,0x2d0,1 vgae time",
            File.ReadAllText(model).ReplaceLineEndings(" ")
        );
    }

    [Fact]
    public async Task A_failure_keeps_back_only_what_needs_it()
    {
        Copy("kd-gat");
        File.Delete(Project["data/b.csv"]);
        var sent = await Submit("kd-gat.yaml");
        await WaitFor("only b waits", async () => await Waiting() == $"{sent["curriculum"]}_1 {sent["fusion"]}_1");
        Assert.Equal("9 done 1 failed 2 pending", await Standing("kd-gat"));
    }

    [Fact]
    public async Task A_pipeline_by_name_leaves_the_other_stages_out_and_they_go_on_from_there()
    {
        Copy("kd-gat");
        var part = await Submit("kd-gat.yaml", "--pipeline", "curriculum_only");
        Assert.Equal(["vgae", "curriculum"], part.Arrays.Select(array => array.Stage));
        var whole = await Submit("kd-gat.yaml", "--pipeline", "teacher");
        // One array, or two when some of what they need has ended meanwhile.
        Assert.Equal(4, whole.New);
        Assert.All(whole.Arrays, array => Assert.Equal("fusion", array.Stage));
        await WaitForEmptyQueue();
        Assert.Equal("12 done", await Standing("kd-gat"));
    }

    [Fact]
    public async Task Stages_go_on_from_what_is_done_and_not_before()
    {
        Copy("kd-gat");
        Assert.Contains("4 runs of 'vgae'", await FailToSubmit("kd-gat.yaml", "--from", "curriculum"));
        Assert.Equal("", await Queue());
        await Submit("kd-gat.yaml", "--stages", "vgae");
        await WaitForEmptyQueue();
        var rest = await Submit("kd-gat.yaml", "--from", "curriculum");
        Assert.Equal(["", $"aftercorr:{rest["curriculum"]}"], rest.Arrays.Select(array => array.Dependency));
        await WaitForEmptyQueue();
        Assert.Equal("12 done", await Standing("kd-gat"));
    }

    private async Task<string> Waiting()
    {
        var lines = (await Cluster.Shell("squeue -h -r -S i -o '%i'")).Split('\n').Order(StringComparer.Ordinal);
        return string.Join(' ', lines);
    }
}
