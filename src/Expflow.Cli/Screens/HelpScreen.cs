using System.CommandLine;

namespace Expflow.Cli.Screens;

/// <summary>What <c>expflow</c> alone says: all commands by purpose, one line each, and a session to begin with.</summary>
internal static class HelpScreen
{
    public static void Show(Terminal terminal, IEnumerable<(string Title, IEnumerable<Command> Commands)> groups)
    {
        terminal.Line("Turns one YAML file into a reproducible set of runs, and hands back one verified table.");
        terminal.Line();
        terminal.Line("Usage: expflow COMMAND [options]");
        foreach (var (title, commands) in groups)
        {
            terminal.Line();
            terminal.Line(title);
            foreach (var command in commands.Where(command => !command.Hidden))
                terminal.Line($"  {command.Name, -12}{Summary(command.Description!)}");
        }
        terminal.Line();
        terminal.Line("A first session");
        terminal.Line("  expflow init                          # this folder becomes a project");
        terminal.Line("  expflow new digits                    # writes experiments/digits.yaml: edit it");
        terminal.Line("  expflow check digits                  # every problem at once");
        terminal.Line("  expflow plan digits                   # what would run, and the exact commands");
        terminal.Line("  expflow run digits                    # runs it, follows it, ends with the table");
        terminal.Line("  expflow results digits --by lr        # mean ± sd over the seeds");
        terminal.Line("  expflow export digits                 # tables for a paper or a notebook");
        terminal.Line();
        terminal.Line("'expflow COMMAND --help' says more about one; 'expflow --version' tells the version.");
    }

    // What comes before the first stop: the rest is for the command's own help.
    private static string Summary(string description)
    {
        var line = description.Split('\n')[0];
        foreach (var stop in (ReadOnlySpan<string>)[". ", ": ", "; ", ", ", " ("])
            if (line.IndexOf(stop, StringComparison.Ordinal) is var at and > 0)
                line = line[..at];
        return line.TrimEnd('.');
    }
}
