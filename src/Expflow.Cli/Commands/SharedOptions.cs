using System.CommandLine;

namespace Expflow.Cli.Commands;

/// <summary>Options that mean the same in every command that has them. Each command gets instances of its own.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of a screen." };

    /// <summary>For commands that say what Slurm said a short while ago.</summary>
    public static Option<bool> Refresh() =>
        new("--refresh") { Description = "Ask Slurm now, even if it was asked a short while ago." };

    /// <summary>An experiment that was submitted.</summary>
    public static Argument<string?> Experiment() =>
        new("experiment")
        {
            Description = "The experiment's name, or its file. May be left out when the project has only one.",
            Arity = ArgumentArity.ZeroOrOne,
            // Otherwise help would show what a shell could complete here.
            HelpName = "experiment",
        };

    /// <summary>An experiment file.</summary>
    public static Argument<string> File() => new("file") { Description = "The experiment file.", HelpName = "file" };
}
