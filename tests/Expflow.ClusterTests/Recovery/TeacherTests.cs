using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>The teacher pipeline, of which one data set's first stage fails: its later stages wait, the others don't, and recovery puts it right.</summary>
public sealed class TeacherTests(Clusters clusters) : RecoveryTest(clusters)
{
    [Fact]
    public async Task A_data_set_whose_first_stage_runs_out_of_memory_gets_more_and_its_later_stages_follow()
    {
        Copy("kd-gat");
        Hire("case $*-$SLURM_MEM_PER_NODE in *vgae*b.csv*-150) " + Hungry + "; sleep 1;; esac");
        await Submit("kd-gat.yaml", "--pipeline", "teacher", "--stage", "vgae.memory=150M");
        await WaitUntilQuiet();
        Assert.Equal("9 done 1 failed 2 pending", await Standing("kd-gat"));
        var recovered = await Recover("kd-gat");
        Assert.Equal(["again vgae: 1", "follow curriculum: 1", "follow fusion: 1"], recovered.Decisions);
        await WaitForEmptyQueue();
        await AllIsDoneOnce();
    }

    [Fact]
    public async Task A_data_set_whose_file_was_missing_is_retried_and_its_later_stages_follow()
    {
        Copy("kd-gat");
        Hire(":");
        File.Move(Project["data/b.csv"], Project["b.csv"]);
        await Submit("kd-gat.yaml");
        await WaitUntilQuiet();
        var recovered = await Recover("kd-gat");
        Assert.Equal(["blocked curriculum: 1", "blocked fusion: 1", "leave vgae: 1"], recovered.Decisions);
        File.Move(Project["b.csv"], Project["data/b.csv"]);
        Assert.Equal(0, (await Project.Run("retry", "kd-gat")).Code);
        await WaitForEmptyQueue();
        await AllIsDoneOnce();
    }

    // The program of the example, which does something first and says in the ledger that it came through.
    private void Hire(string first)
    {
        Project.Write("program/real.sh", Project.Read("program/train.sh"));
        Project.Write(
            "program/train.sh",
            $"""
            {first}
            sh program/real.sh "$@" || exit
            echo "$1 $3" >>'{Project["ledger"].Replace("'", "'\\''")}'
            """
        );
    }

    private async Task AllIsDoneOnce()
    {
        Assert.Equal("12 done", await Standing("kd-gat"));
        Assert.Equal(0, (await Project.Run("verify", "kd-gat")).Code);
        var stages = (string[])["curriculum", "fusion", "vgae"];
        var all = stages.SelectMany(stage => "abcd".Select(data => $"{stage} data/{data}.csv"));
        Assert.Equal(string.Join(' ', all), Ledger);
    }
}
