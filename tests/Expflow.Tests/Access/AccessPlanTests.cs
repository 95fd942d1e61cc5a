using Expflow.Access;
using Expflow.Experiments;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Access;

/// <summary>What needs no call, what is asked first, and what a budget leaves out.</summary>
public sealed class AccessPlanTests
{
    private const string CpuNode = "c1 State=IDLE CPUTot=8 RealMemory=16000 Partitions=p Gres=(null)";
    private const string GpuNode =
        "g1 State=IDLE CPUTot=32 RealMemory=16000 Partitions=p Gres=gpu:a100:4 GresUsed=gpu:a100:0";

    [Theory]
    [InlineData("AllowAccounts=phys,chem", "the partition is for other accounts: 'phys', 'chem' (AllowAccounts)")]
    [InlineData("AllowAccounts=mine,chem", null)]
    [InlineData("AllowAccounts=ALL DenyAccounts=mine", "the partition keeps this account out (DenyAccounts)")]
    [InlineData("AllowAccounts=ALL DenyAccounts=other", null)]
    [InlineData("AllowQos=vip", "the partition is for QOS 'vip' (AllowQos), and yours is 'normal'")]
    [InlineData("AllowQos=normal,vip", null)]
    [InlineData("DenyQos=normal", "the partition keeps QOS 'normal' out (DenyQos)")]
    [InlineData("State=DRAIN", "the partition is DRAIN and takes no jobs")]
    [InlineData("State=INACTIVE", "the partition is INACTIVE and takes no jobs")]
    [InlineData("State=DOWN", null)]
    [InlineData("RootOnly=YES", "only root may use the partition")]
    public void A_partitions_own_rules_need_no_call(string rules, string? reason)
    {
        var site = SomeSite.Of(
            [$"p State=UP {rules}".Replace("State=UP State", "State")],
            [CpuNode],
            SomeSite.Account("mine", qos: "normal")
        );
        var plan = AccessPlan.For(site, Resources.Open, 9);
        Assert.Equal(reason is null ? 1 : 0, plan.ToAsk.Count);
        Assert.Equal(
            reason,
            plan.Decided.Select(entry => ((AccessVerdict.Refused)entry.Verdict).Reason).FirstOrDefault()
        );
    }

    [Theory]
    [InlineData("00:30:00", null, 0, null)]
    [InlineData("02:00:00", null, 0, "02:00:00 is asked for, and the partition has at most 01:00:00")]
    [InlineData(null, "8G", 0, "8G a node is asked for, and the partition allows at most 4000M")]
    [InlineData(null, null, 5, "5 GPUs a node are asked for, and no node of the partition has more than 4")]
    [InlineData(null, null, 4, null)]
    public void What_is_too_much_needs_no_call(string? walltime, string? memory, int gpus, string? reason)
    {
        var site = SomeSite.Of(["p State=UP MaxTime=01:00:00 MaxMemPerNode=4000"], [GpuNode], SomeSite.Account("mine"));
        var wanted = Resources.Open with
        {
            Walltime = Walltime.TryParse(walltime, out var time) ? time : null,
            Memory = MemorySize.TryParse(memory, out var size) ? size : null,
            Gpus = GpuRequest.TryParse($"{gpus}", out var some) ? some : null,
        };
        var plan = AccessPlan.For(site, wanted, 9);
        Assert.Equal(
            reason,
            plan.Decided.Select(entry => ((AccessVerdict.Refused)entry.Verdict).Reason).FirstOrDefault()
        );
    }

    [Fact]
    public void Since_accounts_may_stand_for_those_below_them_Slurm_is_asked()
    {
        var site = SomeSite.Of(["p State=UP AllowAccounts=parent"], [CpuNode], SomeSite.Account("mine")) with
        {
            Configuration = new(SlurmRecord.ReadLines("SLURM_VERSION = 24.05.1")),
        };
        Assert.Single(AccessPlan.For(site, Resources.Open, 9).ToAsk);
    }

    [Fact]
    public void An_account_of_one_partition_alone_is_asked_about_only_there()
    {
        var site = SomeSite.Of(["p State=UP", "q State=UP"], [CpuNode], SomeSite.Account("mine", "q"));
        Assert.Equal("q", AccessPlan.For(site, Resources.Open, 9).ToAsk.Single(one => !one.WithGpus).Partition);
    }

    [Fact]
    public void The_QOS_that_a_partition_wants_is_named_where_it_is_not_the_usual_one()
    {
        var site = SomeSite.Of(
            ["p State=UP AllowQos=long,vip", "q State=UP"],
            [CpuNode],
            SomeSite.Account("mine", qos: "normal,long", defaultQos: "normal")
        );
        var plan = AccessPlan.For(site, Resources.Open, 9);
        Assert.Equal(
            ["p long", "q "],
            plan.ToAsk.Where(one => !one.WithGpus).Select(one => $"{one.Partition} {one.Qos}")
        );
    }

    [Fact]
    public void GPU_partitions_are_asked_twice_and_those_of_which_nothing_is_known_too()
    {
        var site = SomeSite.Of(["p State=UP", "q State=UP"], [GpuNode], SomeSite.Account("mine"));
        Assert.Equal(
            ["p False", "p True", "q False", "q True"],
            AccessPlan.For(site, Resources.Open, 9).ToAsk.Select(one => $"{one.Partition} {one.WithGpus}")
        );
    }

    [Fact]
    public void A_budget_is_spent_on_the_default_account_and_partition_first()
    {
        var site = SomeSite.Of(
            ["a State=DOWN", "b State=UP", "c State=UP Default=YES"],
            [CpuNode.Replace("=p", "=a,b,c")],
            SomeSite.Account("other"),
            SomeSite.Account("mine")
        );
        var plan = AccessPlan.For(site, Resources.Open, 4);
        Assert.Equal(
            ["mine c", "mine b", "mine a", "other c"],
            plan.ToAsk.Select(one => $"{one.Account} {one.Partition}")
        );
        Assert.Equal(2, plan.LeftOut.Count);
    }

    [Fact]
    public void What_was_refused_to_all_jobs_is_not_asked_again_for_another_job()
    {
        var site = SomeSite.Of(["p State=UP", "q State=UP"], [CpuNode.Replace("=p", "=p,q")], SomeSite.Account("mine"));
        var known = new AccessMap(
            default,
            [
                new(new("p", "mine", false), new AccessVerdict.Refused(RefusalKind.PartitionNotAllowed, "no", true)),
                new(new("q", "mine", false), new AccessVerdict.Refused(RefusalKind.NodesCannotMeet, "no", true)),
            ],
            2
        );
        var plan = AccessPlan.For(site, Resources.Open with { Cpus = 2 }, 9, known);
        Assert.Equal("q", Assert.Single(plan.ToAsk).Partition);
    }

    [Fact]
    public void Without_known_accounts_none_is_named() =>
        Assert.Null(
            Assert.Single(AccessPlan.For(SomeSite.Of(["p State=UP"], [CpuNode]), Resources.Open, 9).ToAsk).Account
        );
}
