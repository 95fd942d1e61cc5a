using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>What has to be asked: each partition, each account, and GPU partitions with and without GPUs.</summary>
/// <param name="Decided">What is known without a call.</param>
/// <param name="ToAsk">What to ask, the most telling first.</param>
/// <param name="LeftOut">What the budget of calls leaves out.</param>
public sealed record AccessPlan(
    IReadOnlyList<AccessEntry> Decided,
    IReadOnlyList<AccessQuestion> ToAsk,
    IReadOnlyList<AccessQuestion> LeftOut
)
{
    /// <summary>Plans.</summary>
    /// <param name="site">The cluster.</param>
    /// <param name="wanted">
    /// What a job asks for. Nothing: any small job, and GPU partitions are asked twice, with a GPU and without. Account and partitions that it names are the only ones.
    /// </param>
    /// <param name="calls">The most calls, at least 0.</param>
    /// <param name="known">What was found a while ago for any small job: what was refused to all jobs isn't asked again.</param>
    public static AccessPlan For(AccessSite site, Resources wanted, int calls, AccessMap? known = null)
    {
        var rules = new AccessRules(site, wanted);
        var decided = new List<AccessEntry>();
        var open = new List<AccessQuestion>();
        foreach (var account in AccountsOf(site, wanted))
        foreach (var partition in PartitionsOf(site, wanted))
        foreach (var gpus in GpuChoices(site, partition, wanted))
        {
            var question = new AccessQuestion(partition.Name, account, gpus, rules.QosFor(partition, account));
            if ((rules.Decide(partition, question) ?? Earlier(known, question)) is { } refused)
                decided.Add(new(question, refused));
            else
                open.Add(question);
        }
        return new(decided, [.. open.Take(calls)], [.. open.Skip(calls)]);
    }

    private static readonly string?[] NoName = [null];

    private static IEnumerable<string?> AccountsOf(AccessSite site, Resources wanted) =>
        wanted.Account is { } named ? [named]
        : site.Accounts?.Names is { Count: > 0 } own ? own.Cast<string?>()
        : NoName;

    // The default partition first; those that start nothing last.
    private static IEnumerable<Partition> PartitionsOf(AccessSite site, Resources wanted)
    {
        var named = wanted.Partition?.Split(',', StringSplitOptions.TrimEntries);
        return site
            .Partitions.Where(one => named?.Contains(one.Name) ?? true)
            .OrderByDescending(one => one.IsUp)
            .ThenByDescending(one => one.IsDefault);
    }

    private static bool[] GpuChoices(AccessSite site, Partition partition, Resources wanted)
    {
        if (wanted != Resources.Open with { Account = wanted.Account, Partition = wanted.Partition })
            return [wanted.Gpus is { Count: > 0 }];
        return site.GpusOf(partition.Name) is { Count: 0 } ? [false] : [false, true];
    }

    private static AccessVerdict.Refused? Earlier(AccessMap? known, AccessQuestion question) =>
        known
            ?.Entries.Where(entry => entry.Question == question)
            .Select(entry => entry.Verdict)
            .OfType<AccessVerdict.Refused>()
            .FirstOrDefault(refused => refused.IsForAllJobs);
}
