using Expflow.Detection;
using Expflow.Processes;
using Expflow.Tests.Slurm;
using Xunit;

namespace Expflow.Tests.Detection;

/// <summary>That a look at a site is whole, whatever is missing, hangs or is forbidden.</summary>
public sealed class SiteSurveyTests : IDisposable
{
    private const string Assoc =
        "ClusterName=testbed Account=%A UserName=%U(0) Partition= DefAssoc=Yes GrpJobs=N(0) GrpSubmitJobs=40(2) MaxJobs= MaxSubmitJobs=20";

    private const string LongAccount = "torch_pr_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    private readonly FakeSlurm slurm = new();

    public SiteSurveyTests()
    {
        File.WriteAllText(
            slurm["config"],
            "ClusterName = testbed\nSLURM_VERSION = 22.05.8\nAccountingStorageType = accounting_storage/slurmdbd\n"
        );
        File.WriteAllText(slurm["partition"], "PartitionName=cpu Default=YES State=UP MaxTime=10:00\n");
        File.WriteAllText(slurm["node"], "NodeName=c1 State=MIXED CPUTot=8 CPUAlloc=3 Partitions=cpu\n");
        File.WriteAllText(slurm["assoc_mgr"], Assoc.Replace("%A", LongAccount).Replace("%U", UserFacts.Name) + "\n");
        slurm.Program(
            "scontrol",
            "for last; do case $last in config|partition|node|assoc_mgr) /bin/cat \"$FAKE/$last\";; esac; done"
        );
        slurm.Program("sbatch", "exit 1");
        slurm.Program("squeue", "exit 1");
        slurm.Program("sacct", "exit 0");
        slurm.Program(
            "sacctmgr",
            $"case \"$*\" in *assoc\\ user*) echo 'testbed|{LongAccount}|me|||||||normal,long|normal|'; echo 'other|elsewhere|me|||||||||';; *show\\ user*) echo 'other|elsewhere|'; echo 'testbed|{LongAccount}|';; *qos*) echo 'normal|||||||||';; esac"
        );
    }

    [Fact]
    public async Task Accounts_of_this_cluster_alone_are_told_whole_with_the_default_one()
    {
        var accounts = (await Look()).Accounts.OrNull!;
        Assert.Equal([LongAccount], accounts.Names);
        Assert.Equal((LongAccount, null), (accounts.Default, accounts.Shortfall));
    }

    [Fact]
    public async Task The_rest_of_the_site_is_told_too()
    {
        var report = await Look();
        Assert.Empty(report.Unlearned);
        Assert.Equal("testbed", report.Cluster.OrNull!.ClusterName);
        Assert.Equal("cpu", report.Partitions.OrNull!.Single().Name);
        Assert.Equal(5, PartitionSummary.Of(report.Partitions.OrNull!, report.Nodes.OrNull!).Single().FreeCpus);
        Assert.Equal("normal", report.Qos.OrNull!.Single().Name);
        Assert.True(report.Accounting.OrNull);
        Assert.Equal((UserFacts.Name, UserFacts.Id), (report.User, report.UserId));
    }

    [Theory]
    [InlineData("exec sleep 1000", "sacctmgr gave no answer in")]
    [InlineData(
        "echo 'sacctmgr: error: Access/permission denied' >&2; exit 1",
        "sacctmgr refuses: Access/permission denied"
    )]
    [InlineData(
        "echo 'sacctmgr: error: slurm_persist_conn_open_without_init: failed to open persistent connection' >&2; exit 1",
        "sacctmgr gave no answer: "
    )]
    [InlineData("exit 0", "sacctmgr names none")]
    public async Task Where_sacctmgr_fails_the_controller_tells_the_accounts_and_the_shortfall_is_said(
        string sacctmgr,
        string why
    )
    {
        slurm.Program("sacctmgr", sacctmgr);
        var accounts = (await Look(2)).Accounts.OrNull!;
        Assert.Equal([LongAccount], accounts.Names);
        Assert.Equal(LongAccount, accounts.Default);
        Assert.Equal((20L, 40L), (accounts.Associations[0].MaxSubmitJobs, accounts.Associations[0].GroupSubmitJobs));
        Assert.StartsWith(why, accounts.Shortfall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_sacctmgr_is_something_that_could_not_be_asked()
    {
        File.Delete(slurm["sacctmgr"]);
        slurm.Set("PATH", slurm["."]);
        var report = await Look();
        Assert.Equal("'sacctmgr' was not found", report.Accounts.OrNull!.Shortfall);
        Assert.Equal(["accounts", "qos"], report.Unlearned.Select(one => one.What));
    }

    [Fact]
    public async Task A_controller_that_hangs_is_waited_for_once_and_all_else_is_told()
    {
        slurm.Program("scontrol", "exec sleep 1000");
        var report = await Look(2);
        Assert.Equal(["cluster", "partitions", "nodes"], report.Unlearned.Select(one => one.What));
        Assert.Equal([LongAccount, "elsewhere"], report.Accounts.OrNull!.Names.OrderByDescending(name => name.Length));
        Assert.NotNull(report.Machine.OrNull);
    }

    [Fact]
    public async Task Without_Slurm_nothing_of_it_is_missing()
    {
        var report = await new SiteSurvey(
            slurm.Nowhere(),
            new Dictionary<string, string>(),
            "here",
            new(TimeSpan.FromSeconds(30), TimeProvider.System),
            TimeProvider.System
        ).LookAsync();
        Assert.Empty(slurm.Nowhere().IsInstalled ? [] : report.Unlearned);
    }

    private Task<SiteReport> Look(double seconds = 30) =>
        new SiteSurvey(
            slurm.Client(),
            new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            "here",
            new(TimeSpan.FromSeconds(seconds), TimeProvider.System),
            TimeProvider.System
        ).LookAsync();

    public void Dispose() => slurm.Dispose();
}
