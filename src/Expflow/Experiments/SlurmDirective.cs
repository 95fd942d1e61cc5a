namespace Expflow.Experiments;

/// <summary>What may stand among <c>directives</c>: one option of sbatch each, and none that Expflow sets from another key or for itself.</summary>
/// <remarks>Options as in <c>man sbatch</c>, Slurm 20.11 to 25.05.</remarks>
internal static class SlurmDirective
{
    // Letters that take no value may stand together with others: -sH.
    private const string WithoutValue = "skOIHQvhVW";

    private static readonly Dictionary<string, string> Ours = new(StringComparer.Ordinal)
    {
        ["account"] = Key("account", "resources"),
        ["partition"] = Key("partition", "resources"),
        ["qos"] = Key("qos", "resources"),
        ["constraint"] = Key("constraint", "resources"),
        ["time"] = Key("walltime", "resources"),
        ["nodes"] = Key("nodes", "resources"),
        ["cpus-per-task"] = Key("cpus", "resources"),
        ["cpus-per-gpu"] = Key("cpus", "resources"),
        ["mem"] = Key("memory", "resources"),
        ["mem-per-cpu"] = Key("memory", "resources"),
        ["mem-per-gpu"] = Key("memory", "resources"),
        ["gpus"] = Key("gpus", "resources"),
        ["gpus-per-node"] = Key("gpus", "resources"),
        ["gpus-per-task"] = Key("gpus", "resources"),
        ["gpus-per-socket"] = Key("gpus", "resources"),
        ["gres"] = "Use 'gpus' of 'resources' for GPUs, and 'gres' of 'slurm' for anything else.",
        ["array"] = "Expflow makes the arrays; 'throttle' of 'slurm' says how many tasks run at once.",
        ["signal"] = Key("warn", "slurm"),
        ["requeue"] = Key("requeue", "slurm"),
        ["no-requeue"] = Key("requeue", "slurm"),
        ["exclude"] = Key("exclude", "slurm"),
        ["dependency"] = "Use 'needs' of a stage.",
        ["kill-on-invalid-dep"] = "Expflow looks after what waits in vain. Remove it.",
        ["chdir"] = "Use 'workdir'.",
        ["export"] = Key("variables", "environment"),
        ["export-file"] = Key("variables", "environment"),
        ["container"] = Key("container", "environment"),
        ["output"] = "Expflow keeps what a run prints; 'expflow logs' shows it. Remove it.",
        ["error"] = "Expflow keeps what a run prints; 'expflow logs' shows it. Remove it.",
        ["open-mode"] = "Expflow keeps what a run prints; 'expflow logs' shows it. Remove it.",
        ["job-name"] = "Expflow finds its jobs by it. Remove it.",
        ["comment"] = "Expflow finds its jobs by it. Remove it.",
        ["clusters"] = "Expflow asks the cluster that it is on. Remove it.",
        ["hold"] = "Expflow holds and releases its jobs itself. Remove it.",
        ["wait"] = "'expflow watch' waits. Remove it.",
        ["wrap"] = "Use 'command'.",
        ["parsable"] = Plain,
        ["quiet"] = Plain,
        ["verbose"] = Plain,
        ["test-only"] = "'expflow plan' shows what would run. Remove it.",
        ["help"] = Plain,
        ["usage"] = Plain,
        ["version"] = Plain,
    };

    private static readonly Dictionary<char, string> Letters = new()
    {
        ['A'] = "account",
        ['p'] = "partition",
        ['q'] = "qos",
        ['C'] = "constraint",
        ['t'] = "time",
        ['N'] = "nodes",
        ['c'] = "cpus-per-task",
        ['G'] = "gpus",
        ['a'] = "array",
        ['x'] = "exclude",
        ['d'] = "dependency",
        ['D'] = "chdir",
        ['o'] = "output",
        ['e'] = "error",
        ['J'] = "job-name",
        ['M'] = "clusters",
        ['H'] = "hold",
        ['W'] = "wait",
        ['Q'] = "quiet",
        ['v'] = "verbose",
        ['h'] = "help",
        ['V'] = "version",
    };

    private const string Plain = "It is about the call of sbatch, not about the job. Remove it.";

    /// <summary>Why it can't be one; null when it can.</summary>
    public static string? WhyNot(string text)
    {
        if (text.Any(char.IsControl))
            return $"'{text.ReplaceLineEndings("⏎")}' goes over a line's end. Give one option each.";
        if (!text.StartsWith('-') || text.TrimStart('-').Length == 0)
            return $"'{text}' is no option of sbatch. Write it as '--mail-type=END', as after '#SBATCH'.";
        if (WhyNotOne(text) is { } several)
            return several;
        return NameOf(text) is { } name ? $"'{text}' is not for 'directives'. {Ours[name]}" : null;
    }

    // The name of the option that it would take out of Expflow's hands.
    private static string? NameOf(string text)
    {
        if (!text.StartsWith("--", StringComparison.Ordinal))
            return LetterOf(text[1..]) is { } letter ? Letters[letter] : null;
        var name = text[2..].Split('=', ' ', '\t')[0];
        // getopt takes the beginning of a name for the name: --part=short.
        return Ours.ContainsKey(name)
            ? name
            : Ours.Keys.FirstOrDefault(known => known.StartsWith(name, StringComparison.Ordinal));
    }

    private static char? LetterOf(string letters)
    {
        foreach (var letter in letters)
        {
            if (Letters.ContainsKey(letter))
                return letter;
            if (!WithoutValue.Contains(letter, StringComparison.Ordinal))
                return null;
        }
        return null;
    }

    // sbatch reads a line as a shell would: blanks part words, quotes keep them together.
    private static string? WhyNotOne(string text)
    {
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
            if (quote != '\0')
                quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '\'' or '"')
                quote = text[at];
            else if (text[at] is ' ' && at + 1 < text.Length && text[at + 1] == '-')
                return $"'{text}' holds two options. Give each one of its own.";
        return quote == '\0' ? null : $"'{text}' has an open quote. Close it.";
    }

    private static string Key(string key, string map) => $"Use '{key}' of '{map}'.";
}
