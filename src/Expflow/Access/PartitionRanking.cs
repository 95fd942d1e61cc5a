using Expflow.Experiments;

namespace Expflow.Access;

/// <summary>The partitions that take a job, the best first: what starts it soonest, and of those the cheapest.</summary>
public static class PartitionRanking
{
    // Slurm's guesses of "now" differ by the seconds that the calls took.
    private static readonly TimeSpan SameStart = TimeSpan.FromMinutes(1);

    /// <summary>Ranks. What isn't allowed isn't among them; a start that isn't known stands last.</summary>
    /// <param name="map">What may be used.</param>
    /// <param name="site">The cluster.</param>
    /// <param name="wanted">What the job asks for.</param>
    public static IReadOnlyList<PartitionChoice> Of(AccessMap map, AccessSite site, Resources wanted)
    {
        var open = map
            .Entries.Where(entry => entry.IsAllowed)
            .Select(entry =>
                (
                    Entry: entry,
                    Cost: site.Partitions.FirstOrDefault(one => one.Name == entry.Question.Partition) is { } partition
                        ? PartitionCost.Of(site, partition, wanted)
                        : null
                )
            )
            .ToList();
        var charged = site.Partitions.Any(one => one.BillingWeights is not null);
        var soonest = open.Min(one => one.Entry.Start);
        var costs = open.Select(one => Weight(one.Cost, charged)).Distinct().ToList();
        var cheapest = costs.Contains(null) || (costs.Count < 2 && open.Count > 1) ? null : costs.Min();
        var usual = site.Accounts?.Default;
        return
        [
            .. open.Select(one => new PartitionChoice(
                    one.Entry,
                    one.Cost,
                    soonest is { } first && one.Entry.Start - first <= SameStart,
                    cheapest is not null && Weight(one.Cost, charged) == cheapest
                ))
                .OrderByDescending(choice => choice.IsSoonest)
                .ThenBy(choice =>
                    choice.IsSoonest ? DateTimeOffset.MinValue : choice.Entry.Start ?? DateTimeOffset.MaxValue
                )
                .ThenBy(choice => Weight(choice.Cost, charged) ?? (double.MaxValue, double.MaxValue))
                .ThenByDescending(choice => choice.Entry.Question.Account == usual),
        ];
    }

    // By the site's own prices where it has any, else by GPUs before CPUs.
    private static (double, double)? Weight(PartitionCost? cost, bool charged) =>
        cost is null ? null
        : !charged ? (cost.GpuHours, cost.CpuHours)
        : cost.Charge is { } charge ? (charge, 0)
        : null;
}
