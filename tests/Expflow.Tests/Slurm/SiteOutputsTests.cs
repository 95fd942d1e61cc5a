using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class SiteOutputsTests
{
    [Fact]
    public void A_configuration_is_typed_where_it_matters_and_kept_whole()
    {
        var configuration = new SlurmConfiguration(SlurmRecord.ReadLines(Captured.Read("config-22.05.8.txt")));
        Assert.Equal(
            ("mycluster", "22.05.8", 21, 30L),
            (configuration.ClusterName, configuration.Version, configuration.MaxArraySize, configuration.MaxJobCount)
        );
        Assert.Equal(
            (TimeSpan.FromSeconds(2), true, true),
            (configuration.MinJobAge, configuration.JobRequeue, configuration.HasAccounting)
        );
        Assert.Equal(("512M", "select/cons_tres"), (configuration.DefMemPerCpu.ToString(), configuration.SelectType));
        Assert.Null(configuration.MaxMemPerNode);
        Assert.Equal("sched/backfill", configuration.Record["SchedulerType"]);
    }

    [Theory]
    [InlineData(
        "AccountingStorageType   = accounting_storage/none\nSLURM_VERSION           = 20.11.6\n",
        "20.11.6",
        false
    )]
    [InlineData("AccountingStorageType   = (null)\nSLURM_VERSION           = 23.11.1\n", "23.11.1", false)]
    [InlineData(
        "AccountingStorageType   = accounting_storage/slurmdbd\nSLURM_VERSION           = 25.11.4\nSlurmctld(primary) at c1 is UP\n",
        "25.11.4",
        true
    )]
    public void Versions_differ_in_how_they_say_that_nothing_is_accounted(string text, string version, bool accounting)
    {
        var configuration = new SlurmConfiguration(SlurmRecord.ReadLines(text));
        Assert.Equal((version, accounting), (configuration.Version, configuration.HasAccounting));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("associations", false)]
    [InlineData("associations,qos", false)]
    [InlineData("associations,limits,qos", true)]
    [InlineData("associations,limits,safe", true)]
    [InlineData("all", true)]
    public void Limits_hold_only_where_they_are_enforced(string enforced, bool holds)
    {
        var configuration = new SlurmConfiguration(SlurmRecord.ReadLines($"AccountingStorageEnforce = {enforced}\n"));
        Assert.Equal(holds, configuration.EnforcesLimits);
        Assert.True(new SlurmConfiguration(SlurmRecord.ReadLines("ClusterName = c\n")).EnforcesLimits);
    }

    [Fact]
    public void Partitions_have_limits_or_none()
    {
        var partitions = SlurmRecord
            .ReadAll(Captured.Read("partitions-22.05.8.txt"))
            .Select(record => new Partition(record))
            .ToList();
        Assert.Equal(["main", "gpu", "short", "closed", "others"], partitions.Select(partition => partition.Name));
        Assert.Equal(
            (true, true, null, "cpu[01-02]"),
            (partitions[0].IsDefault, partitions[0].IsUp, partitions[0].MaxTime, partitions[0].Nodes)
        );
        Assert.Equal((TimeSpan.FromHours(1), 1), (partitions[2].MaxTime, partitions[2].MaxNodes));
        Assert.Equal(("DRAIN", false), (partitions[3].State, partitions[3].IsUp));
        Assert.Equal(["other"], partitions[4].AllowedAccounts!);
        Assert.Null(partitions[0].AllowedAccounts);
    }

    // Keys that came with 23.02 (MaxCPUsPerSocket), 24.05 (ExclusiveTopo), 25.05 (Exclusive, NodeSets, Topology); values are made up.
    [Theory]
    [InlineData(
        "PartitionName=p AllowAccounts=a,b AllowQos=normal,high Default=NO QoS=N/A DefaultTime=03:00:00 ExclusiveTopo=NO GraceTime=30 MaxTime=21-00:00:00 MaxCPUsPerNode=UNLIMITED MaxCPUsPerSocket=UNLIMITED Nodes=n[424-427] PreemptMode=REQUEUE State=UP TotalCPUs=768 JobDefaults=(null) DefMemPerCPU=4000 MaxMemPerNode=UNLIMITED TRESBillingWeights=CPU=1.0,Mem=0",
        4000,
        null
    )]
    [InlineData(
        "PartitionName=p DenyQos=x AllowAccounts=ALL Default=NO QoS=N/A DefaultTime=NONE Exclusive=NO GraceTime=30 MaxTime=21-00:00:00 NodeSets=cpu Nodes=n[424-427] PreemptMode=REQUEUE State=UP TotalCPUs=768 JobDefaults=DefCpuPerGPU=14 DefMemPerCPU=4000 MaxMemPerCPU=6000",
        4000,
        6000
    )]
    public void Newer_keys_do_not_disturb(string line, int defaultPerCpu, int? mostPerCpu)
    {
        var partition = new Partition(SlurmRecord.ReadLine(line));
        Assert.Equal(
            (TimeSpan.FromDays(21), TimeSpan.FromSeconds(30), "n[424-427]"),
            (partition.MaxTime, partition.GraceTime, partition.Nodes)
        );
        Assert.Equal(
            (defaultPerCpu, mostPerCpu),
            (partition.DefMemPerCpu!.Value.Mebibytes, partition.MaxMemPerCpu?.Mebibytes)
        );
        Assert.Null(partition.Qos);
    }

    [Fact]
    public void Nodes_have_cpus_memory_and_devices()
    {
        var nodes = SlurmRecord
            .ReadAll(Captured.Read("nodes-22.05.8.txt"))
            .Select(record => new SlurmNode(record))
            .ToList();
        var gpu = nodes.Single(node => node.Name == "gpu01");
        Assert.Equal((4, "8000M", "gpu"), (gpu.Cpus, gpu.Memory.ToString(), gpu.Partitions[0]));
        Assert.Equal("gpu:rtx8000:8", Assert.Single(gpu.Devices).ToString());
    }

    [Theory]
    [InlineData("IDLE", true)]
    [InlineData("MIXED+PLANNED", true)] // 21.08 on
    [InlineData("IDLE+CLOUD+POWERED_DOWN", true)] // waits to be powered up
    [InlineData("IDLE+MAINTENANCE+RESERVED", true)]
    [InlineData("MIXED+DRAIN", false)]
    [InlineData("idle~", true)]
    [InlineData("IDLE*", true)] // just stopped answering; DOWN when it goes on
    [InlineData("DOWN*", false)]
    [InlineData("DOWN+NOT_RESPONDING", false)] // 25.11
    [InlineData("FAIL", false)]
    public void A_nodes_state_says_whether_it_can_be_counted_on(string state, bool usable) =>
        Assert.Equal(usable, new SlurmNode(SlurmRecord.ReadLine($"NodeName=n1 State={state} CPUTot=4")).IsUsable);

    [Fact]
    public void A_job_shown_has_values_with_blanks_and_the_first_of_two_counts()
    {
        var record = SlurmRecord.ReadLine(
            "JobId=18 ArrayTaskId=1 JobName=exp A UserId=root(0) Reason=None NodeList= Comment=x JobName=b"
        );
        Assert.Equal(("exp A", null, "x"), (record["JobName"], record["NodeList"], record["Comment"]));
    }

    [Fact]
    public void The_controllers_requests_are_counted_by_kind()
    {
        var diagnostics = Diagnostics.Read(Captured.Read("sdiag-22.05.8.txt"));
        Assert.True(diagnostics.CountOf("REQUEST_PARTITION_INFO") > 0);
        Assert.Equal(0, diagnostics.CountOf("REQUEST_NEVER_MADE"));
        Assert.True(diagnostics.Numbers.ContainsKey("Agent queue size"));
    }

    [Fact] // 23.02 on, with rpc_queue
    public void Requests_may_be_followed_by_more_columns()
    {
        var line =
            "\tREQUEST_JOB_INFO_SINGLE                 ( 2021) count:12     ave_time:300    total_time:3600         queued:0      cycle_last:1      cycle_max:2      dropped:0\n";
        Assert.Equal(new RequestCount(12, 300, 3600), Diagnostics.Read(line).Requests["REQUEST_JOB_INFO_SINGLE"]);
    }

    [Fact]
    public void Accounts_are_whole_and_limits_are_numbers_or_none()
    {
        var account = new string('a', 45);
        var association = Assert.Single(
            Association.Read($"mycluster|{account}|me||5|20|||1-00:00:00|normal,high|normal|\n")
        );
        Assert.Equal(
            (account, null, 5L, 20L),
            (association.Account, association.Partition, association.MaxJobs, association.MaxSubmitJobs)
        );
        Assert.Equal((TimeSpan.FromDays(1), "normal"), (association.MaxWall, association.DefaultQos));
        Assert.Equal(["normal", "high"], association.Qos);
        var qos = Assert.Single(Qos.Read("high|2||4|00:10:00|||cpu=64,gres/gpu=8|cpu=1|\n"));
        Assert.Equal((2L, 4L, "cpu=64,gres/gpu=8"), (qos.MaxSubmitJobsPerUser, qos.MaxJobsPerUser, qos.MaxTresPerUser));
    }

    [Theory]
    [InlineData(
        "sbatch: Job 27 to start at 1795443455 using 1 processors on nodes gpu01 in partition gpu\n",
        "gpu01",
        "gpu"
    )] // 22.05
    [InlineData("sbatch: Job 27 to start at 1795443455 using 8 processors on a[01-05]\n", "a[01-05]", null)] // 19.05
    [InlineData(
        "sbatch: Job 27 to start at 1795443455 a using 8 processors on nodes a01 in partition cpu\n",
        "a01",
        "cpu"
    )] // 25.11
    public void An_expected_start_has_nodes_and_a_partition(string text, string nodes, string? partition)
    {
        var start = Assert.IsType<SlurmAnswer<ExpectedStart>.Answered>(ExpectedStart.Read(text)).Value;
        Assert.Equal(
            (DateTimeOffset.FromUnixTimeSeconds(1795443455), nodes, partition),
            (start.At, start.Nodes, start.Partition)
        );
    }

    [Fact]
    public void A_start_that_is_not_in_sight_has_no_time()
    {
        var text = "sbatch: Job 53 to start at 839345600166 using 1 processors on nodes cpu01 in partition main\n";
        Assert.Null(Assert.IsType<SlurmAnswer<ExpectedStart>.Answered>(ExpectedStart.Read(text)).Value.At);
    }
}
