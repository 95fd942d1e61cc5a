using System.Collections.Frozen;

namespace Expflow.Slurm;

/// <summary>What Slurm's words for waiting mean.</summary>
internal static class WaitingReasons
{
    internal sealed record Meaning(string Words, bool NeverEnds = false, string? Hint = null);

    private static readonly FrozenDictionary<string, Meaning> Known = Table()
        .ToFrozenDictionary(StringComparer.Ordinal);

    internal static Meaning? Of(string word) =>
        word is "" ? null : Known.GetValueOrDefault(word) ?? OfPhrase(word) ?? LimitReasons.Of(word);

    // Words that carry more behind them: "ReqNodeNotAvail, UnavailableNodes:cpu01", "launch failed requeued held".
    private static Meaning? OfPhrase(string word)
    {
        // Some versions write these with underscores for blanks.
        word = word.Replace('_', ' ');
        if (word.StartsWith("ReqNodeNotAvail", StringComparison.Ordinal))
            return NodesAway(word);
        if (word.StartsWith("launch failed requeued held", StringComparison.OrdinalIgnoreCase))
            return Known["JobHoldLaunchFailure"];
        if (word.StartsWith("Nodes required for job are DOWN", StringComparison.OrdinalIgnoreCase))
            return new("the nodes that it could use are down, drained or reserved for jobs of higher priority");
        if (word.StartsWith("user env retrieval failed", StringComparison.OrdinalIgnoreCase))
            return new(
                "held, since the user's environment could not be read on the node",
                true,
                "release it, or submit without --get-user-env"
            );
        if (word.StartsWith("job requeued in held state", StringComparison.OrdinalIgnoreCase))
            return Known["JobHoldMaxRequeue"];
        return null;
    }

    private static Meaning NodesAway(string word)
    {
        if (word.Contains("maintenance", StringComparison.OrdinalIgnoreCase))
            return new("nodes are reserved for maintenance, and it might not end before that begins");
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var nodes = colon < 0 ? "" : word[(colon + 1)..].Trim();
        return nodes is ""
            ? new("a node that it needs is down, drained or reserved; a reservation for maintenance may be near")
            : new($"nodes that it needs are not available: {nodes}");
    }

    private static Dictionary<string, Meaning> Table() =>
        new()
        {
            ["None"] = new("not looked at yet"),
            ["Priority"] = new("jobs of higher priority are ahead"),
            ["Resources"] = new("the resources that it needs are in use; it is next in its partition"),
            ["Dependency"] = new("a job that it depends on has not ended yet"),
            ["DependencyNeverSatisfied"] = new(
                "a job that it depends on failed, so it can never start",
                true,
                "recover or cancel it"
            ),
            ["JobHeldUser"] = new("held by its user", true, "scontrol release"),
            ["JobHeldAdmin"] = new("held by an administrator", true, "ask the site's support"),
            ["JobHoldMaxRequeue"] = new(
                "held after it was put back into the queue too often",
                true,
                "look for the cause, then scontrol release"
            ),
            ["MaxRequeue"] = new(
                "held after it was put back into the queue too often",
                true,
                "look for the cause, then scontrol release"
            ),
            ["JobHoldLaunchFailure"] = new(
                "held, since the node could not start it",
                true,
                "scontrol release, if need be with another node"
            ),
            ["BeginTime"] = new("its earliest start has not come yet"),
            ["JobArrayTaskLimit"] = new("as many tasks of its array run as its throttle allows"),
            ["PartitionTimeLimit"] = new(
                "its time limit is above the partition's",
                true,
                "ask for less time, or use another partition"
            ),
            ["PartitionNodeLimit"] = new(
                "it asks for a number of nodes that the partition does not allow",
                true,
                "ask for fewer nodes, or use another partition"
            ),
            ["PartitionConfig"] = new(
                "it asks for what the partition does not allow",
                true,
                "use another partition, or ask for less"
            ),
            ["PartitionDown"] = new("its partition is down"),
            ["PartitionInactive"] = new("its partition takes no jobs at the moment"),
            ["AccountNotAllowed"] = new(
                "its account may not use the partition",
                true,
                "use another account or partition"
            ),
            ["QOSNotAllowed"] = new("its QOS may not use the partition", true, "use another QOS or partition"),
            ["InvalidAccount"] = new("its account is not valid", true, "submit with another account"),
            ["InvalidQOS"] = new("its QOS is not valid", true, "submit with another QOS"),
            ["BadConstraints"] = new(
                "no node can ever meet its constraints",
                true,
                "ask for less, or for other features"
            ),
            ["NodeDown"] = new("a node that it needs is down"),
            ["FrontEndDown"] = new("no front-end node is up"),
            ["NodesNotAvail"] = new("nodes that it needs are not available"),
            ["Licenses"] = new("the licences that it needs are in use"),
            ["Reservation"] = new("its reservation has not begun"),
            ["ReservationDeleted"] = new("its reservation was deleted", true, "submit without the reservation"),
            ["InvalidReservation"] = new("its reservation is not valid", true, "submit without the reservation"),
            ["ReservationInvalid"] = new("its reservation is not valid", true, "submit without the reservation"),
            ["Cleaning"] = new("put back into the queue; its first run is still being cleaned up"),
            ["Prolog"] = new("the site's prolog is still running"),
            ["Reboot"] = new("its nodes are being restarted"),
            ["BootNode"] = new("its nodes are being started"),
            ["PowerNotAvail"] = new("there is not enough electric power for it"),
            ["PowerReserved"] = new("the electric power is reserved"),
            ["JobHeldPowerSave"] = new("held to save electric power"),
            ["SchedDefer"] = new("its request to start at once was put off"),
            ["InactiveLimit"] = new("its allocation was unused for too long", true),
            ["NonZeroExitCode"] = new("it ended with a code other than zero", true),
            ["RaisedSignal"] = new("it was ended by a signal", true),
            ["OutOfMemory"] = new("it used more memory than it had", true, "ask for more memory"),
            ["TimeLimit"] = new("it reached its time limit", true, "ask for more time"),
            ["JobLaunchFailure"] = new(
                "it could not be started: the node, its file system or its log's folder",
                true,
                "look at the path of its log"
            ),
            ["SystemFailure"] = new("Slurm itself, a network or a file system failed", true),
            ["DeadLine"] = new("it can't end before its deadline", true, "submit with a later deadline"),
            ["FedJobLock"] = new("another cluster of the federation is deciding about it"),
            ["OriginCluster"] = new("its own cluster has to start it"),
            ["BurstBufferResources"] = new("the burst buffer is full"),
            ["BurstBufferStageIn"] = new("its files are being staged in"),
            ["BurstBufferOperation"] = new("the burst buffer failed for it", true, "look at scontrol show job"),
            ["MaxBurstBufferLimit"] = new("its share of the burst buffer is used up"),
            ["MaxPowerCap"] = new("the site's electric power is used up"),
            ["MaxMemPerLimit"] = new(
                "it asks for more memory than is allowed",
                true,
                "ask for less memory, or for more CPUs"
            ),
            ["NotSupported"] = new("it asks for what this site does not support", true, "ask for less"),
            ["AccountingPolicy"] = new("a limit of the accounting keeps it waiting"),
            ["AssociationJobLimit"] = new("its account runs as many jobs as it may"),
            ["AssociationResourceLimit"] = new("its account uses as much as it may"),
            ["AssociationTimeLimit"] = new("its account has used up its time"),
            ["QOSJobLimit"] = new("its QOS runs as many jobs as it may"),
            ["QOSResourceLimit"] = new("its QOS uses as much as it may"),
            ["QOSTimeLimit"] = new("its QOS has used up its time"),
            ["QOSUsageThreshold"] = new("its account has used more than its QOS asks for"),
            ["ReqMoreThanMax"] = new("it asks for more than is allowed", true, "ask for less"),
        };
}
