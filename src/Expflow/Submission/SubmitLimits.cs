using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>How much of what is wanted a site takes at once.</summary>
public sealed record SubmitLimits
{
    /// <summary>What Slurm does when nobody has set it: indices of arrays stay below this.</summary>
    public const int UsualArraySize = 1001;

    /// <summary>Indices of arrays stay below this: <c>MaxArraySize</c>.</summary>
    public int MostIndices { get; init; } = UsualArraySize;

    /// <summary>From Slurm's SIGTERM to its SIGKILL.</summary>
    public TimeSpan KillWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The user's associations.</summary>
    public IReadOnlyList<SubmitLimit> Accounts { get; init; } = [];

    /// <summary>The site's QOSes.</summary>
    public IReadOnlyList<SubmitLimit> Qos { get; init; } = [];

    /// <summary>What of the limits could not be learnt, in words; null when all were.</summary>
    public string? Unknown { get; init; }

    /// <summary>The lowest limit on the user's jobs in the queue that holds for a job of this account, partition and QOS; null when none is known.</summary>
    public SubmitLimit? For(string? account, string? partition, string? qos)
    {
        var own = Accounts.Where(one =>
            (account is null || one.Name == account) && (one.Partition is null || one.Partition == partition)
        );
        var names = qos is null ? [.. own.Select(one => one.Qos).OfType<string>()] : new[] { qos };
        return own.Concat(Qos.Where(one => names.Contains(one.Name)))
            .Where(one => one.Most is not null)
            .MinBy(one => one.Most);
    }

    /// <summary>Takes together what Slurm says of its configuration and of the user; null for what needn't be asked.</summary>
    public static SubmitLimits Of(
        SlurmAnswer<SlurmConfiguration> configuration,
        SlurmAnswer<IReadOnlyList<Association>>? associations,
        SlurmAnswer<IReadOnlyList<Qos>>? qualities
    )
    {
        var config = (configuration as SlurmAnswer<SlurmConfiguration>.Answered)?.Value;
        var accounts = (associations as SlurmAnswer<IReadOnlyList<Association>>.Answered)?.Value;
        var qos = (qualities as SlurmAnswer<IReadOnlyList<Qos>>.Answered)?.Value;
        return new()
        {
            MostIndices = config?.MaxArraySize ?? UsualArraySize,
            KillWait = config?.KillWait ?? TimeSpan.FromSeconds(30),
            Accounts =
            [
                .. (accounts ?? []).Select(one => new SubmitLimit(
                    one.Account,
                    Least(one.MaxSubmitJobs, one.GroupSubmitJobs),
                    $"MaxSubmitJobs of account '{one.Account}'",
                    one.Partition,
                    one.DefaultQos
                )),
            ],
            Qos =
            [
                .. (qos ?? []).Select(one => new SubmitLimit(
                    one.Name,
                    Least(one.MaxSubmitJobsPerUser, one.GroupSubmitJobs),
                    $"MaxSubmitJobsPerUser of QOS '{one.Name}'"
                )),
            ],
            Unknown =
                config is null ? "scontrol doesn't say MaxArraySize"
                : config is { HasAccounting: true, EnforcesLimits: true } && (accounts is null || qos is null)
                    ? "sacctmgr doesn't say the submit limits"
                : null,
        };
    }

    private static long? Least(long? a, long? b) =>
        a is null ? b
        : b is null ? a
        : Math.Min(a.Value, b.Value);
}

/// <summary>How many jobs a user may have in the queue at once, every task of an array counted.</summary>
/// <param name="Name">The account or QOS that has the limit.</param>
/// <param name="Most">The limit; null: none.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Partition">The one partition that it is for; null: all.</param>
/// <param name="Qos">For an account: the QOS of jobs that name none.</param>
public sealed record SubmitLimit(string Name, long? Most, string Words, string? Partition = null, string? Qos = null);
