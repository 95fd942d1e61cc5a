using System.Text.Json;
using Expflow.ClusterTests.Submission;
using Xunit;

namespace Expflow.ClusterTests.Detection;

/// <summary>That <c>expflow env</c> tells what a cluster has, and what it could not learn.</summary>
public sealed class EnvTests(Clusters clusters) : SubmissionTest(clusters)
{
    private static readonly string LongAccount = "torch_pr_" + new string('x', 36);

    [Fact]
    public async Task Down_drained_mixed_and_full_nodes_are_counted_for_what_they_are()
    {
        await Cluster.PowerCut("cpu01");
        await Cluster.Shell("scontrol update NodeName=cpu02 State=DRAIN Reason=test");
        await Cluster.Sbatch("-w cpu03 -c 3", "sleep 1000");
        await Cluster.Sbatch("-w cpu04 -c 8", "sleep 1000");
        await WaitFor("two jobs run", async () => (await Cluster.Shell("squeue -h -t R")).Split('\n').Length == 2);
        var cpu = await Partition("cpu");
        var nodes = cpu.GetProperty("nodes");
        Assert.Equal(
            "4 0 1 1 1 1",
            string.Join(
                ' ',
                ((string[])["all", "idle", "mixed", "allocated", "drained", "down"]).Select(name =>
                    nodes.GetProperty(name).GetInt32()
                )
            )
        );
        Assert.Equal((32, 5), (cpu.GetProperty("cpus").GetInt32(), cpu.GetProperty("cpus_free").GetInt32()));
    }

    [Fact]
    public async Task GPUs_with_and_without_a_type_are_free_when_no_job_has_them()
    {
        await Cluster.Sbatch("-p gpu --gres=gpu:rtx8000:3", "sleep 1000");
        await Cluster.Sbatch("-p old --gres=gpu:1", "sleep 1000");
        await WaitFor("two jobs run", async () => (await Cluster.Shell("squeue -h -t R")).Split('\n').Length == 2);
        await Cluster.PowerCut("gpu02");
        Assert.Equal(["rtx8000 8 3 5", "a100 4 0 0"], Gpus(await Partition("gpu")));
        Assert.Equal(["none 2 1 1"], Gpus(await Partition("old")));
    }

    [Fact]
    public async Task The_default_partition_is_marked_and_no_name_has_a_star()
    {
        var all = (await Env()).GetProperty("partitions").GetProperty("list").EnumerateArray().ToList();
        Assert.Equal(
            ["cpu", "gpu", "old", "short", "low", "high"],
            all.Select(one => one.GetProperty("partition").GetString()!)
        );
        Assert.Equal(
            "cpu",
            all.Single(one => one.GetProperty("default").GetBoolean()).GetProperty("partition").GetString()
        );
        Assert.Equal(600, all[3].GetProperty("max_time").GetInt32());
    }

    [Fact]
    public async Task Limits_and_what_is_done_about_memory_are_told()
    {
        await Cluster.Set(
            "MaxArraySize=50",
            "MinJobAge=77",
            "KillWait=9",
            "AccountingStorageEnforce=associations,limits"
        );
        await Cluster.SetUser("root", "root", "MaxSubmitJobs=20");
        var said = (await Project.Run("env")).Text;
        Assert.Contains("arrays of at most 49 tasks (MaxArraySize 50)", said);
        Assert.Contains("remembered for 77 s, 9.0 s from SIGTERM to SIGKILL", said);
        Assert.Contains("account 'root': at most 20 jobs in the queue", said);
        Assert.Contains("limits of accounts and QOSes hold", said);
        Assert.Contains(
            Cluster.KernelKills ? "ended by the kernel (OUT_OF_MEMORY)" : "ended by slurmd (FAILED, signal 9)",
            said
        );
        Assert.Contains("jobs of 'low' (REQUEUE)", said);
    }

    [Theory]
    [InlineData("sleep 1000", "sacctmgr gave no answer in")]
    [InlineData(
        "echo 'sacctmgr: error: Access/permission denied' >&2; exit 1",
        "sacctmgr refuses: Access/permission denied"
    )]
    [InlineData("missing", "'sacctmgr' was not found")]
    [InlineData("slurmdbd", "sacctmgr gave no answer")]
    public async Task Without_sacctmgr_all_else_is_told_and_the_accounts_too(string trouble, string why)
    {
        await Cluster.AddAccount(LongAccount);
        await Cluster.SetUser("root", LongAccount, "DefaultAccount=" + LongAccount);
        if (trouble == "slurmdbd")
            await Cluster.Stop("slurmdbd");
        else if (trouble == "missing")
            OnlyPrograms("scontrol", "sbatch", "squeue", "sacct");
        else
            Replace("sacctmgr", trouble);
        var env = await Env("--timeout", "3");
        var accounts = env.GetProperty("accounts");
        Assert.Contains(
            LongAccount,
            accounts.GetProperty("list").EnumerateArray().Select(one => one.GetProperty("account").GetString())
        );
        Assert.Equal(LongAccount, accounts.GetProperty("default").GetString());
        Assert.StartsWith(why, accounts.GetProperty("shortfall").GetString(), StringComparison.Ordinal);
        Assert.Equal("unlearned", env.GetProperty("qos").GetProperty("status").GetString());
        Assert.Equal(6, env.GetProperty("partitions").GetProperty("list").GetArrayLength());
    }

    [Fact]
    public async Task A_controller_that_is_down_is_said_to_be_and_the_machine_is_told()
    {
        await Cluster.Stop("slurmctld");
        var env = await Env("--timeout", "3");
        Assert.Equal("unlearned", env.GetProperty("cluster").GetProperty("status").GetString());
        Assert.Equal("known", env.GetProperty("machine").GetProperty("status").GetString());
        Assert.Equal("known", env.GetProperty("accounts").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Scratch_is_what_the_site_says_if_it_can_be_written_to()
    {
        var scratch = Directory.CreateDirectory(Path.Combine(Project.Home, "scratch of mine")).FullName;
        Project.Variables["SCRATCH"] = scratch;
        var found = (await Env()).GetProperty("scratch");
        Assert.Equal(
            (scratch, "$SCRATCH"),
            (found.GetProperty("path").GetString(), found.GetProperty("from").GetString())
        );
        Assert.Empty(Directory.GetFileSystemEntries(scratch));
        Project.Variables["SCRATCH"] = "/proc/self";
        Assert.Contains("not $SCRATCH '/proc/self': it can't be written to", (await Project.Run("env")).Text);
        Project.Variables["SCRATCH"] = null;
        Assert.DoesNotContain("$SCRATCH '", (await Project.Run("env")).Text);
    }

    [Fact]
    public async Task The_user_is_who_the_kernel_says()
    {
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string?)>)
                [("USER", "somebody"), ("LOGNAME", null), ("HOME", "/nowhere")]
        )
            Project.Variables[name] = value;
        var env = await Env();
        Assert.Equal("root", env.GetProperty("user").GetString());
        Assert.Equal("/root", env.GetProperty("home").GetProperty("path").GetString());
        Assert.Equal("root", env.GetProperty("accounts").GetProperty("default").GetString());
    }

    [Fact]
    public async Task Without_Slurm_the_machine_is_told()
    {
        OnlyPrograms("bash");
        var env = await Env();
        Assert.Equal("absent", env.GetProperty("cluster").GetProperty("status").GetString());
        Assert.True(env.GetProperty("machine").GetProperty("cores").GetInt32() > 0);
    }

    private async Task<JsonElement> Env(params string[] arguments)
    {
        using var json = JsonDocument.Parse((await Project.Run(["env", "--json", .. arguments])).Text);
        return json.RootElement.Clone();
    }

    private async Task<JsonElement> Partition(string name) =>
        (await Env())
            .GetProperty("partitions")
            .GetProperty("list")
            .EnumerateArray()
            .Single(one => one.GetProperty("partition").GetString() == name);

    private static IEnumerable<string> Gpus(JsonElement partition) =>
        partition
            .GetProperty("gpus")
            .EnumerateArray()
            .Select(one =>
                $"{one.GetProperty("type").GetString() ?? "none"} {one.GetProperty("total")} {one.GetProperty("in_use")} {one.GetProperty("free")}"
            );

    // A PATH with nothing else.
    private void OnlyPrograms(params string[] names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Project.Home, "few")).FullName;
        foreach (var name in names)
            File.CreateSymbolicLink(Path.Combine(folder, name), $"/usr/bin/{name}");
        Project.Variables["PATH"] = folder;
    }
}
