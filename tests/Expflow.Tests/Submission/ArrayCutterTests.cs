using Expflow.Slurm;
using Expflow.Submission;
using Xunit;

namespace Expflow.Tests.Submission;

public sealed class ArrayCutterTests
{
    private static SomeRuns Teacher(int datasets)
    {
        var runs = new SomeRuns();
        foreach (var stage in (string[])["vgae", "curriculum", "fusion"])
            for (var dataset = 0; dataset < datasets; dataset++)
                runs.Add(
                    stage,
                    RunOf(stage, dataset),
                    stage switch
                    {
                        "vgae" => [],
                        "curriculum" => [RunOf("vgae", dataset)],
                        _ => [RunOf("vgae", dataset), RunOf("curriculum", dataset)],
                    }
                );
        return runs;
    }

    private static int RunOf(string stage, int dataset) =>
        dataset
        + (
            stage == "vgae" ? 100
            : stage == "curriculum" ? 200
            : 300
        );

    [Fact]
    public void A_pipeline_over_four_data_sets_is_three_arrays_that_wait_task_by_task() =>
        Assert.Equal(
            ["vgae 0-3", "curriculum 0-3 aftercorr:vgae", "fusion 0-3 aftercorr:vgae,aftercorr:curriculum"],
            SomeRuns.Shown(Teacher(4).Cut())
        );

    [Fact]
    public void Arrays_are_cut_at_the_sites_limit_and_indices_begin_again_at_0() =>
        Assert.Equal(
            [
                "vgae 0-2",
                "vgae 0-1",
                "curriculum 0-2 aftercorr:vgae",
                "curriculum 0-1 aftercorr:vgae",
                "fusion 0-2 aftercorr:vgae,aftercorr:curriculum",
                "fusion 0-1 aftercorr:vgae,aftercorr:curriculum",
            ],
            SomeRuns.Shown(Teacher(5).Cut(mostIndices: 3))
        );

    [Fact]
    public void What_is_done_is_not_waited_for()
    {
        var runs = new SomeRuns().Add("curriculum", 200, 100).Add("curriculum", 201, 101).Add("curriculum", 202, 102);
        var cutter = runs.Cut(need =>
            need == SomeRuns.Id(101) ? new NeedState.Met() : new NeedState.Underway(Job(7), (int)(need.Bits - 100))
        );
        Assert.Equal(["curriculum 0", "curriculum 0,2 aftercorr:7"], SomeRuns.Shown(cutter));
    }

    [Fact]
    public void Few_settings_on_many_data_sets_are_an_array_a_setting()
    {
        var runs = new SomeRuns();
        for (var dataset = 0; dataset < 5; dataset++)
            runs.Add("vgae", dataset);
        for (var setting = 0; setting < 2; setting++)
        for (var dataset = 0; dataset < 5; dataset++)
            runs.Add("fusion", 100 + (setting * 10) + dataset, dataset);
        Assert.Equal(
            ["vgae 0-4", "fusion 0-4 aftercorr:vgae", "fusion 0-4 aftercorr:vgae"],
            SomeRuns.Shown(runs.Cut())
        );
    }

    [Fact]
    public void Many_settings_on_one_data_set_are_one_array_that_waits_for_one_task()
    {
        var runs = new SomeRuns().Add("vgae", 1);
        for (var setting = 0; setting < 5; setting++)
            runs.Add("fusion", 100 + setting, 1);
        Assert.Equal(["vgae 0", "fusion 0-4 afterok:vgae_0"], SomeRuns.Shown(runs.Cut()));
    }

    [Fact]
    public void What_gathers_waits_for_exactly_the_tasks_that_it_gathers()
    {
        var runs = new SomeRuns();
        for (var seed = 0; seed < 4; seed++)
            runs.Add("vgae", seed);
        runs.Add("fusion", 100, 0, 1).Add("fusion", 101, 2, 3);
        Assert.Equal(
            ["vgae 0-3", "fusion 0 afterok:vgae_0:vgae_1", "fusion 0 afterok:vgae_2:vgae_3"],
            SomeRuns.Shown(runs.Cut())
        );
    }

    [Fact]
    public void Runs_that_ask_for_different_memory_are_different_arrays() =>
        Assert.Equal(
            ["vgae 0", "vgae 0-1"],
            SomeRuns.Shown(new SomeRuns().Add("vgae", 1, 1L << 31, []).Add("vgae", 2).Add("vgae", 3).Cut())
        );

    [Fact]
    public void What_needs_something_that_failed_does_not_go_out_nor_what_needs_that()
    {
        var runs = new SomeRuns().Add("curriculum", 200, 100).Add("fusion", 300, 200);
        var cutter = runs.Cut(need => need == SomeRuns.Id(100) ? new NeedState.Failed() : new NeedState.Waiting());
        Assert.Empty(cutter.Drafts);
        Assert.Equal(runs.Wanted, cutter.Blocked);
    }

    [Theory]
    [InlineData(3, "100 200 300")]
    [InlineData(4, "100 101 200 300")]
    [InlineData(7, "100 101 102 200 201 300 301")]
    [InlineData(12, "100 101 102 103 200 201 202 203 300 301 302 303")]
    public void A_portion_takes_whole_points_first(int most, string expected)
    {
        var portion = Portion.Of(Teacher(4).Wanted, most);
        Assert.Equal(expected, string.Join(' ', portion.Select(run => run.Run.Id.Bits)));
    }

    private static SlurmJob Job(int number) => SlurmJob.TryParse($"{number}", out var job) ? job.Value : default;
}
