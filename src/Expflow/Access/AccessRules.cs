using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>
/// What a partition's own rules decide without asking. That saves calls, and Slurm doesn't refuse all of it: unless the site sets <c>EnforcePartLimits</c>, a job that
/// AllowAccounts, AllowQos or MaxTime keep out is taken and waits for ever.
/// </summary>
/// <param name="site">The cluster.</param>
/// <param name="wanted">What a job asks for.</param>
internal sealed class AccessRules(AccessSite site, Resources wanted)
{
    // Since 23.11 an account may stand for those below it, which the partition doesn't tell.
    private static readonly (int, int) AccountsBecomeTrees = (23, 11);

    /// <summary>Why not; null when only Slurm can tell.</summary>
    public AccessVerdict.Refused? Decide(Partition partition, AccessQuestion question) =>
        OfState(partition)
        ?? OfAccount(partition, question.Account)
        ?? OfQos(partition, question.Account)
        ?? OfSize(partition)
        ?? OfGpus(partition, question);

    /// <summary>The QOS that has to be named in a partition; null: none.</summary>
    public string? QosFor(Partition partition, string? account)
    {
        if (wanted.Qos is not null)
            return wanted.Qos;
        var own = QosOf(account);
        return own.Default is { } usual && !MayUse(partition, usual)
            ? own.All.FirstOrDefault(one => MayUse(partition, one))
            : null;
    }

    private static AccessVerdict.Refused? OfState(Partition partition) =>
        partition.State is "INACTIVE" or "DRAIN"
            ? No(RefusalKind.PartitionUnavailable, $"the partition is {partition.State} and takes no jobs")
        : partition.IsForRootOnly ? No(RefusalKind.PartitionNotAllowed, "only root may use the partition")
        : null;

    private AccessVerdict.Refused? OfAccount(Partition partition, string? account)
    {
        if ((account ?? site.Accounts?.Default) is not { } name)
            return null;
        if (partition.AllowedAccounts is { } allowed)
            return allowed.Contains(name) || TreesOfAccounts
                ? OfAssociations(partition, name)
                : No(
                    RefusalKind.PartitionNotAllowed,
                    $"the partition is for other accounts: {Some(allowed)} (AllowAccounts)"
                );
        return partition.DeniedAccounts?.Contains(name) is true
            ? No(RefusalKind.PartitionNotAllowed, "the partition keeps this account out (DenyAccounts)")
            : OfAssociations(partition, name);
    }

    private AccessVerdict.Refused? OfAssociations(Partition partition, string account)
    {
        var own = site.Accounts?.Associations.Where(one => one.Account == account).ToList();
        if (own is null or [] || site.Configuration?.EnforcesAssociations is not true)
            return null;
        return own.TrueForAll(one => one.Partition is not null && one.Partition != partition.Name)
            ? No(
                RefusalKind.InvalidAccount,
                $"you have this account only in partition {Some([.. own.Select(one => one.Partition!)])}"
            )
            : null;
    }

    private AccessVerdict.Refused? OfQos(Partition partition, string? account)
    {
        var own = wanted.Qos is { } named ? (Default: null, All: [named]) : QosOf(account);
        return own.All.Count == 0 || own.All.Any(one => MayUse(partition, one))
            ? null
            : No(
                RefusalKind.PartitionNotAllowed,
                partition.AllowedQos is { } allowed
                    ? $"the partition is for QOS {Some(allowed)} (AllowQos), and yours is {Some(own.All)}"
                    : $"the partition keeps QOS {Some(own.All)} out (DenyQos)"
            );
    }

    // A QOS may lift a partition's limits.
    private AccessVerdict.Refused? OfSize(Partition partition)
    {
        if (wanted.Qos is not null || partition.Qos is not null)
            return null;
        if (wanted.Walltime is { } walltime && partition.MaxTime is { } longest && walltime.Duration > longest)
            return No(
                RefusalKind.TimeLimit,
                $"{walltime} is asked for, and the partition has at most {Walltime.From(longest)}"
            );
        if (wanted.Memory is { } memory && partition.MaxMemPerNode is { } most && memory > most)
            return No(
                RefusalKind.TooMuchMemory,
                $"{memory} a node is asked for, and the partition allows at most {most}"
            );
        if (wanted.Cpus is { } cpus && partition.MaxCpusPerNode is { } cores && cpus > cores)
            return No(
                RefusalKind.TooManyCpus,
                $"{cpus} CPUs a node are asked for, and the partition allows at most {cores}"
            );
        return wanted.Nodes is { } nodes && partition.MaxNodes is { } largest && nodes > largest
            ? No(RefusalKind.TooManyNodes, $"{nodes} nodes are asked for, and the partition allows at most {largest}")
            : null;
    }

    private AccessVerdict.Refused? OfGpus(Partition partition, AccessQuestion question)
    {
        if (!question.WithGpus || site.NodesOf(partition.Name) is not { Count: > 0 } nodes)
            return null;
        var (count, type) = wanted.Gpus is { Count: > 0 } gpus ? (gpus.Count, gpus.Type) : (1, null);
        var most = nodes.Max(node => node.Gpus.Where(one => type is null || one.Type == type).Sum(one => one.Total));
        return most >= count ? null
            : most == 0
                ? No(
                    RefusalKind.InvalidGres,
                    $"no node of the partition has {(type is null ? "GPUs" : $"a GPU of type {type}")}"
                )
            : No(
                RefusalKind.NodesCannotMeet,
                $"{count} GPUs a node are asked for, and no node of the partition has more than {most}{(type is null ? "" : $" of type {type}")}"
            );
    }

    private (string? Default, IReadOnlyList<string> All) QosOf(string? account)
    {
        var name = account ?? site.Accounts?.Default;
        var own = site.Accounts?.Associations.FirstOrDefault(one => one.Account == name);
        return own is null ? (null, []) : (own.DefaultQos ?? (own.Qos is [var only] ? only : null), own.Qos);
    }

    private static bool MayUse(Partition partition, string qos) =>
        partition.AllowedQos is { } allowed ? allowed.Contains(qos) : partition.DeniedQos?.Contains(qos) is not true;

    private bool TreesOfAccounts =>
        site.Configuration?.Version?.Split('.') is not [var year, var month, ..]
        || !int.TryParse(year, out var y)
        || !int.TryParse(month, out var m)
        || (y, m).CompareTo(AccountsBecomeTrees) >= 0;

    private static string Some(IReadOnlyList<string> names) =>
        names.Count <= 4
            ? string.Join(", ", names.Select(name => $"'{name}'"))
            : $"{string.Join(", ", names.Take(3).Select(name => $"'{name}'"))} and {names.Count - 3} more";

    private static AccessVerdict.Refused No(RefusalKind kind, string reason) => new(kind, reason, Asked: false);
}
