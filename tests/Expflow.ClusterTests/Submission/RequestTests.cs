using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>That what a file and a command line ask for is what Slurm has of the job.</summary>
public sealed class RequestTests(Clusters clusters) : SubmissionTest(clusters)
{
    [Fact]
    public async Task Each_stage_asks_for_its_own()
    {
        Copy("kd-gat");
        Project.Write("expflow.yaml", NothingStarts);
        var sent = await Submit("kd-gat.yaml");
        foreach (
            var (stage, memory, time) in (IEnumerable<(string, string, string)>)
                [("vgae", "96G", "08:00:00"), ("curriculum", "128G", "12:00:00"), ("fusion", "96G", "10:00:00")]
        )
        {
            var job = await Show(sent[stage]);
            Assert.Equal(
                (memory, time, "4", "gres:gpu:1", "gpu"),
                (job["MinMemoryNode"], job["TimeLimit"], job["CPUs/Task"], job["TresPerNode"], job["Partition"])
            );
            Assert.StartsWith($"kd-gat.{stage}.", job["JobName"]);
        }
    }

    [Fact]
    public async Task The_command_line_outranks_the_file_in_all_stages_or_in_one()
    {
        Copy("kd-gat");
        Project.Write("expflow.yaml", NothingStarts);
        var all = (string[])["walltime=30m", "cpus=2", "gpus=rtx8000:2"];
        var sent = await Submit([
            "kd-gat.yaml",
            .. all.SelectMany(one => (string[])["--resources", one]),
            "--stage",
            "fusion.memory=64G",
        ]);
        var (vgae, fusion) = (await Show(sent["vgae"]), await Show(sent["fusion"]));
        Assert.Equal(("96G", "64G"), (vgae["MinMemoryNode"], fusion["MinMemoryNode"]));
        foreach (var job in (IReadOnlyDictionary<string, string>[])[vgae, fusion, await Show(sent["curriculum"])])
            Assert.Equal(("2", "gres:gpu:rtx8000:2"), (job["CPUs/Task"], job["TresPerNode"]));
    }

    [Fact]
    public async Task Account_partition_QOS_constraint_and_nodes_reach_the_job()
    {
        var account = "torch_pr_" + new string('x', 36);
        await Cluster.AddAccount(account);
        await Cluster.SetUser("root", account);
        await Cluster.AddQos("patient");
        await Cluster.Shell("scontrol update NodeName=cpu[01-02] AvailableFeatures=fast ActiveFeatures=fast");
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("wide.yaml", "experiment: wide\ncommand: 'true'\n");
        var asked = $"account={account} partition=short qos=patient constraint=fast nodes=2 walltime=5m";
        var sent = await Submit(["wide.yaml", .. asked.Split(' ').SelectMany(one => (string[])["--resources", one])]);
        var job = await Show(sent.Job);
        Assert.Equal(
            (account, "short", "patient", "fast", "2-2", "00:05:00"),
            (job["Account"], job["Partition"], job["QOS"], job["Features"], job["NumNodes"], job["TimeLimit"])
        );
    }

    [Fact]
    public async Task What_only_Slurm_is_told_reaches_the_job()
    {
        Project.Write(
            "s.yaml",
            """
            experiment: s
            sweep: {grid: {x: 0..7}}
            command: echo {x}
            slurm:
              throttle: 2
              exclude: ['cpu[02-03]']
              requeue: false
              warn: 90s
              directives: [--begin=now+1hour, --nice=7]
            resources: {walltime: 20m}
            """
        );
        var sent = await Submit("s.yaml");
        var job = await Show(sent.Job);
        Assert.Equal(
            ("0-7%2", "cpu[02-03]", "0", "7"),
            (job["ArrayTaskId"], job["ExcNodeList"], job["Requeue"], job["Nice"])
        );
        Assert.Contains("USR1@90", await Cluster.Shell($"scontrol write batch_script {sent.Job} -"));
    }
}
