using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>Slurm's refusals in words that say what is behind them.</summary>
internal static class AccessReasons
{
    /// <summary>Whether it says nothing of the partition: another time the answer may be yes.</summary>
    public static bool IsPassing(RefusalKind kind) =>
        kind
            is RefusalKind.SubmitLimit
                or RefusalKind.QueueFull
                or RefusalKind.ControllerTrouble
                or RefusalKind.Authentication
                or RefusalKind.NotConfigured;

    /// <summary>The reason. What isn't known here is told as Slurm says it.</summary>
    public static string Words(RefusalKind kind, string words)
    {
        var said = words.Replace("allocation failure: ", "", StringComparison.Ordinal).TrimEnd('.');
        return Meaning(kind) is not { } meaning ? said
            : said.Length == 0 ? meaning
            : $"{meaning} ({said})";
    }

    private static string? Meaning(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.InvalidAccount => "the account may not be used there, or you are no member of it",
            RefusalKind.InvalidPartition => "Slurm doesn't know the partition any more",
            RefusalKind.PartitionUnavailable => "the partition takes no jobs now",
            RefusalKind.PartitionNotAllowed => "the partition is for other groups, accounts or QOSes",
            RefusalKind.InvalidQos => "the account has no QOS that may be used there",
            RefusalKind.InvalidGres => "no node of the partition has such devices",
            RefusalKind.InvalidFeature => "no node has such a feature",
            RefusalKind.NodesCannotMeet => "no node of the partition can ever give so much",
            RefusalKind.TooMuchMemory => "more memory than its nodes have or than is allowed",
            RefusalKind.TooManyCpus => "more CPUs than its nodes have or than is allowed",
            RefusalKind.TooManyNodes => "more nodes than the partition has or allows",
            RefusalKind.TimeLimit => "longer than the partition, the account or its QOS allow",
            RefusalKind.ResourceLimit or RefusalKind.SubmitOrResourceLimit => "account or QOS don't allow so much",
            RefusalKind.SubmitLimit => "as many jobs are queued as account or QOS allow, so that Slurm doesn't say",
            RefusalKind.QueueFull => "Slurm's queue is full, so that it doesn't say",
            _ => null,
        };
}
