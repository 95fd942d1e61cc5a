using System.Text.RegularExpressions;

namespace Expflow.Slurm;

/// <summary>The families of reasons that name a limit, by rule: <c>QOSMaxCpuPerUserLimit</c>, <c>AssocGrpGRESMinutes</c>, …</summary>
internal static partial class LimitReasons
{
    internal static WaitingReasons.Meaning? Of(string word)
    {
        var match = Family().Match(word);
        if (!match.Success)
            return null;
        var owner = match.Groups["owner"].Value is "QOS" ? "QOS" : "account";
        var whole = match.Groups["scope"].Value is "Grp";
        var thing = match.Groups["thing"].Value;
        var per = Per(match.Groups["per"].Value);
        return (match.Groups["scope"].Value, thing) switch
        {
            ("Min", _) => new($"it asks for less {Thing(thing)} than its {owner} demands", true, "ask for more"),
            (_, "Submit" or "SubmitJob" or "SubmitJobs") => new($"the {owner} holds as many jobs as it may{per}"),
            (_, "Job" or "Jobs") => new($"the {owner}{(whole ? " as a whole" : "")} runs as many jobs as it may{per}"),
            (_, "WallDuration" or "Wall") when per is " per job" or "" && !whole => TooLong(owner),
            (_, "Wall") => new($"the {owner} has used up its time"),
            _ when thing.EndsWith("RunMinutes", StringComparison.Ordinal) => new(
                $"running jobs of the {owner} hold as much {Thing(thing)} as they may for the time they may still take"
            ),
            _ when thing.EndsWith("Minutes", StringComparison.Ordinal) && !whole => new(
                $"it asks for more {Thing(thing)} than its {owner} allows{per}",
                true,
                "ask for less, or for less time"
            ),
            _ when thing.EndsWith("Minutes", StringComparison.Ordinal) => new(
                $"the {owner} has used up its {Thing(thing)}"
            ),
            _ when per is " per job" or " per node" => new(
                $"it asks for more {Thing(thing)} than its {owner} allows{per}",
                true,
                "ask for less"
            ),
            _ => new($"the {owner}{(whole ? " as a whole" : "")} uses as many {Thing(thing)} as it may{per}"),
        };
    }

    private static WaitingReasons.Meaning TooLong(string owner) =>
        new($"its time limit is above what its {owner} allows", true, $"ask for less time, or use another {owner}");

    private static string Per(string per) =>
        per switch
        {
            "User" or "PU" => " for one user",
            "Account" or "Acct" or "PA" => " for one account",
            "Job" => " per job",
            "Node" => " per node",
            _ => "",
        };

    private static string Thing(string thing)
    {
        var minutes = thing.EndsWith("Minutes", StringComparison.Ordinal);
        var bare = Trailing().Replace(thing, "");
        var name = bare switch
        {
            "Cpu" or "CPU" or "CPUs" => "CPUs",
            "Mem" or "Memory" => "memory",
            "Node" or "Nodes" => "nodes",
            "GRES" or "Gres" => "GPUs or other devices (GRES)",
            "Billing" => "billing units",
            "Energy" => "energy",
            "License" => "licences",
            "BB" => "burst buffer",
            "Jobs" or "Job" => "running jobs",
            "JobsAccrue" or "Accrue" => "jobs that gather priority",
            "" or "Resource" or "Unknown" or "TRES" => "resources",
            _ => bare,
        };
        return minutes ? $"time of {name}" : name;
    }

    [GeneratedRegex(
        "^(?<owner>QOS|Assoc)(?<scope>Max|Grp|Min)(?<thing>\\w*?)(?:Per(?<per>User|Account|Acct|Job|Node))?(?:Limit)?$"
    )]
    private static partial Regex Family();

    [GeneratedRegex("(Run)?Minutes$")]
    private static partial Regex Trailing();
}
