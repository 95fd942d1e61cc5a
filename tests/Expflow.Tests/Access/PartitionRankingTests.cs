using Expflow.Access;
using Expflow.Experiments;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Access;

/// <summary>Which partition starts a job soonest, and which costs least.</summary>
public sealed class PartitionRankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly Resources Wanted = Resources.Open with
    {
        Cpus = 4,
        Walltime = Walltime.From(TimeSpan.FromHours(2)),
    };

    [Fact]
    public void What_starts_soonest_stands_first_and_an_unknown_start_last() =>
        Assert.Equal(
            ["soon soonest", "late", "unknown"],
            Rank(["unknown", "late", "soon"], [null, Now.AddHours(1), Now.AddSeconds(5)])
        );

    [Fact]
    public void Where_prices_differ_the_cheapest_is_marked() =>
        Assert.Equal(
            ["cheap soonest cheapest", "dear soonest"],
            Rank(["dear TRESBillingWeights=CPU=2.0", "cheap TRESBillingWeights=CPU=0.5"], [Now, Now.AddSeconds(20)])
        );

    [Fact]
    public void A_price_that_hangs_on_unknown_memory_leaves_the_cheapest_unknown() =>
        Assert.Equal(["plain soonest", "dear soonest"], Rank(["dear TRESBillingWeights=Mem=1G", "plain"], [Now, Now]));

    [Fact]
    public void A_partition_that_gives_whole_nodes_costs_whole_nodes() =>
        Assert.Equal(
            ["shared soonest cheapest", "whole soonest"],
            Rank(["whole OverSubscribe=EXCLUSIVE", "shared"], [Now, Now])
        );

    [Theory]
    [InlineData("p", 8)]
    [InlineData("p OverSubscribe=EXCLUSIVE", 64)]
    [InlineData("p MaxMemPerCPU=1000", 16)]
    [InlineData("p TRESBillingWeights=CPU=1,Mem=1G", 8 + 15.625)]
    public void The_charge_is_for_what_a_job_holds(string partition, double charge)
    {
        var site = Site([partition]);
        var cost = PartitionCost.Of(
            site,
            site.Partitions[0],
            Wanted with
            {
                Memory = MemorySize.FromBytes(8000L << 20),
            }
        );
        Assert.Equal(charge, cost!.Charge!.Value, 6);
    }

    [Fact]
    public void Without_a_walltime_nobody_knows_the_cost()
    {
        var site = Site(["p"]);
        Assert.Null(PartitionCost.Of(site, site.Partitions[0], Resources.Open));
    }

    private static IEnumerable<string> Rank(string[] partitions, DateTimeOffset?[] starts)
    {
        var site = Site(partitions);
        var entries = site.Partitions.Zip(
            starts,
            (partition, start) => new AccessEntry(new(partition.Name, "mine", false), new AccessVerdict.Allowed(start))
        );
        return PartitionRanking
            .Of(new(Now, [.. entries], 0), site, Wanted)
            .Select(choice =>
                $"{choice.Entry.Question.Partition}{(choice.IsSoonest ? " soonest" : "")}{(choice.IsCheapest ? " cheapest" : "")}"
            );
    }

    private static AccessSite Site(string[] partitions) =>
        SomeSite.Of(
            partitions,
            [
                $"n State=IDLE CPUTot=32 RealMemory=64000 Partitions={string.Join(',', partitions.Select(one => one.Split(' ')[0]))}",
            ],
            SomeSite.Account("mine")
        );
}
