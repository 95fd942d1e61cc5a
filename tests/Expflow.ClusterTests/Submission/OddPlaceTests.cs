using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>That submitting works in every environment and place that users have.</summary>
public sealed class OddPlaceTests(Clusters clusters) : SubmissionTest(clusters)
{
    private const string Small = """
        experiment: small
        sweep: {grid: {x: [1, 2]}}
        stages:
          first: {command: 'echo {x} > {run.dir}/a', outputs: [a]}
          second: {needs: [first], command: 'cat {first.dir}/a > {run.dir}/b', outputs: [b]}
        """;

    [Theory]
    [InlineData("100 % of %j %A_%a")]
    [InlineData("größe $HOME `x` #1 ;&|")]
    [InlineData("new\nline")]
    public async Task A_project_may_stand_anywhere(string folder)
    {
        Project.Write($"{folder}/expflow.yaml", "");
        await SubmitAndEnd(folder);
    }

    [Fact]
    public async Task A_path_that_Slurm_itself_cant_write_logs_under_is_refused()
    {
        Project.Write("back\\slash/expflow.yaml", "");
        Project.Write("back\\slash/small.yaml", Small);
        var ended = await Project.Shell("cd 'back\\slash' && expflow submit small.yaml");
        Assert.Contains("has a backslash in it", ended.Error);
        Assert.Equal("", await Queue());
    }

    [Fact]
    public async Task A_project_may_stand_deep() =>
        await SubmitAndEnd(string.Join('/', Enumerable.Repeat(new string('d', 100), 6)));

    [Fact]
    public async Task A_user_may_have_no_name_no_home_and_no_place_for_a_cache()
    {
        foreach (var name in (string[])["USER", "LOGNAME", "HOME", "EXPFLOW_CACHE", "XDG_CACHE_HOME"])
            Project.Variables[name] = null;
        await SubmitAndEnd("unset");
        Project.Variables["USER"] = "";
        Project.Variables["HOME"] = "/proc/self";
        await SubmitAndEnd("read-only");
        Project.Variables["EXPFLOW_CACHE"] = "/proc/cache";
        await SubmitAndEnd("cache");
    }

    [Fact]
    public async Task A_shell_that_greets_at_every_start_disturbs_nothing()
    {
        Project.Write("../banner", "echo Welcome to the cluster; echo 'Submitted batch job 1'\n");
        Replace("sbatch", "exec $REAL \"$@\"");
        Replace("squeue", "exec $REAL \"$@\"");
        Project.Variables["BASH_ENV"] = Project["../banner"];
        await SubmitAndEnd("greeted");
    }

    [Fact]
    public async Task Defaults_in_the_environment_and_the_marks_of_an_outer_job_change_nothing()
    {
        var set =
            "SBATCH_PARTITION=nowhere SBATCH_ARRAY_INX=0-9 SBATCH_TIMELIMIT=1 SBATCH_ACCOUNT=x SBATCH_HINT=nomultithread SQUEUE_FORMAT=%T SQUEUE_STATES=R "
            + "SQUEUE_SORT=-i SQUEUE_ARRAY=1 SCANCEL_INTERACTIVE=1 SACCT_FORMAT=State SLURM_JOB_ID=99 SLURM_ARRAY_JOB_ID=99 SLURM_ARRAY_TASK_ID=7 "
            + "SLURM_MEM_PER_CPU=1 SLURM_CPUS_PER_TASK=3 SLURM_NTASKS=9 SLURM_RESTART_COUNT=4 SLURM_TIME_FORMAT=relative SLURM_CLUSTERS=";
        foreach (var pair in set.Split(' '))
            Project.Variables[pair.Split('=')[0]] = pair.Split('=')[1];
        await SubmitAndEnd("outer");
    }

    [Fact]
    public async Task It_works_from_inside_a_job_and_with_a_tight_umask()
    {
        Project.Write("small.yaml", Small);
        var start = Project.Starting(
            "sbatch",
            "--parsable",
            "-o",
            Project["../out"],
            "--wrap",
            "umask 077; expflow submit small.yaml"
        );
        await Cluster.WaitForState((await Ended.Of(start)).Text, "COMPLETED");
        await WaitForEmptyQueue();
        Assert.Equal("4 done", await Standing("small"));
    }

    [Fact]
    public async Task Ids_with_a_cluster_name_are_ids()
    {
        Replace("sbatch", "$REAL \"$@\" | sed 's/$/;testbed/'");
        await SubmitAndEnd("federated");
    }

    [Fact]
    public async Task Limits_of_an_account_with_a_long_name_are_found()
    {
        var account = "torch_pr_" + new string('x', 36);
        await Cluster.AddAccount(account);
        await Cluster.SetUser("root", account, "MaxSubmitJobs=4");
        await Cluster.Set("AccountingStorageEnforce=associations,limits");
        Project.Write("many.yaml", "experiment: many\nsweep: {grid: {x: 1..9}}\ncommand: echo {x}\n");
        var said = (await Project.Run("submit", "many.yaml", "--dry-run", "--resources", $"account={account}")).Text;
        Assert.Contains($"MaxSubmitJobs of account '{account}' is 4", said);
        // Where Slurm doesn't hold to limits, nobody is told of them.
        await Cluster.Set("AccountingStorageEnforce=associations");
        said = (await Project.Run("submit", "many.yaml", "--dry-run", "--resources", $"account={account}")).Text;
        Assert.DoesNotContain("MaxSubmitJobs", said);
    }

    private async Task SubmitAndEnd(string folder)
    {
        Project.Write($"{folder}/expflow.yaml", "");
        Project.Write($"{folder}/small.yaml", Small);
        var start = Project.Starting(Repository.Binary, "submit", "small.yaml");
        start.WorkingDirectory = Project[folder];
        _ = (await Ended.Of(start)).Text;
        await WaitForEmptyQueue();
        var made = Directory.GetFiles(Project[$"{folder}/runs"], "b", SearchOption.AllDirectories);
        Assert.Equal(["1\n", "2\n"], made.Select(File.ReadAllText).Order());
    }
}
