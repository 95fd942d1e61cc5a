using System.CommandLine;
using System.CommandLine.Parsing;
using Expflow.Cli.Commands;
using Expflow.Cli.Screens;
using Expflow.Problems;

namespace Expflow.Cli;

/// <summary>All commands under the name <c>expflow</c>.</summary>
internal static class CommandTree
{
    /// <summary>In the order in which a newcomer meets them.</summary>
    private static readonly CommandGroup[] Groups =
    [
        new("Begin", [new("init", InitCommand.Create), new("new", NewCommand.Create)]),
        new(
            "Look before you run",
            [new("check", CheckCommand.Create), new("plan", PlanCommand.Create), new("schema", SchemaCommand.Create)]
        ),
        new(
            "Know the cluster",
            [
                new("env", EnvCommand.Create),
                new("partitions", PartitionsCommand.Create),
                new("advise", AdviseCommand.Create),
                new("trial", TrialCommand.Create),
            ]
        ),
        new(
            "Run",
            [
                new("run", RunCommand.Create),
                new("submit", SubmitCommand.Create),
                new("status", StatusCommand.Create),
                new("watch", WatchCommand.Create),
                new("logs", LogsCommand.Create),
                new("explain", ExplainCommand.Create),
                new("recover", RecoverCommand.Create),
                new("retry", RetryCommand.Create),
                new("cancel", CancelCommand.Create),
                new("pool", PoolCommand.Create),
            ]
        ),
        new(
            "See what came out",
            [
                new("verify", VerifyCommand.Create),
                new("results", ResultsCommand.Create),
                new("compare", CompareCommand.Create),
                new("plot", PlotCommand.Create),
                new("export", ExportCommand.Create),
            ]
        ),
        new(
            "Keep it tidy",
            [
                new("note", NoteCommand.Create),
                new("prune", PruneCommand.Create),
                new("index", IndexCommand.Create),
                new("completion", CompletionCommand.Create),
                new("agent", AgentCommand.Create),
            ]
        ),
    ];

    public static async Task<int> RunAsync(string[] args, Composition with)
    {
        // The most frequent question of scripts; the whole tree need not be built for it.
        if (args is ["--version"])
        {
            with.Terminal.Line(BuildVersion.Text);
            return ExitCode.Done;
        }
        if (args is [] or ["--help" or "-h" or "help"])
            return ShowRoot(with);
        if (args is ["help", var about])
            args = [about, "--help"];
        if (args[0] is ['[', ..])
            return await InvokeAsync(Root(with, Entries), args, with);
        if (Entries.FirstOrDefault(entry => entry.Name == args[0]) is { } wanted)
            return await InvokeAsync(Root(with, [wanted]), args, with);
        return Unknown(args[0], with);
    }

    private static IEnumerable<CommandEntry> Entries => Groups.SelectMany(group => group.Commands);

    private static async Task<int> InvokeAsync(RootCommand root, string[] args, Composition with)
    {
        var parsed = root.Parse(args);
        if (Misspelt(parsed) is { } misspelt)
            return with.Terminal.Fail(misspelt);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                with.Terminal.Complain(error.Message);
            with.Terminal.Complain($"Run 'expflow{NameOf(parsed.CommandResult)} --help' to see what it takes.");
            return ExitCode.BadInput;
        }
        return await parsed.InvokeAsync(
            new()
            {
                Output = with.Terminal.Out,
                EnableDefaultExceptionHandler = false,
                // The library would hold Ctrl-C back for two seconds and then end the process; a command that minds it has a handler of its own.
                ProcessTerminationTimeout = null,
            }
        );
    }

    // The parser would take '--jsn' for a file's name. Whoever means such a text writes '--' before it.
    private static Problem? Misspelt(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var options = command.Options.Select(option => option.Name).Append("--help").ToList();
        foreach (var token in parsed.Tokens.Select(token => token.Value).TakeWhile(token => token != "--"))
        {
            if (!token.StartsWith("--", StringComparison.Ordinal))
                continue;
            var name = token.Split('=', ':')[0];
            if (options.Contains(name))
                continue;
            var hint = Suggestion.For(name, options) is { } near
                ? $"Did you mean '{near}'?"
                : $"Run 'expflow{NameOf(parsed.CommandResult)} --help' to see what it takes.";
            return new($"'{name}' is no option of 'expflow{NameOf(parsed.CommandResult)}'. {hint}");
        }
        return null;
    }

    // ' pool start'; nothing for the root.
    private static string NameOf(CommandResult result) =>
        result.Command is RootCommand ? ""
        : result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}"
        : $" {result.Command.Name}";

    private static int Unknown(string typed, Composition with)
    {
        var known = Entries.Select(entry => entry.Name);
        var hint = Suggestion.For(typed, known) is { } near
            ? $"Did you mean '{near}'?"
            : "'expflow --help' lists them.";
        return with.Terminal.Fail(new Problem($"'{typed}' is no command of expflow. {hint}"));
    }

    private static int ShowRoot(Composition with)
    {
        HelpScreen.Show(
            with.Terminal,
            Groups.Select(group => (group.Title, group.Commands.Select(entry => entry.Create(with))))
        );
        return ExitCode.Done;
    }

    private static RootCommand Root(Composition with, IEnumerable<CommandEntry> entries)
    {
        var root = new RootCommand("Turns one YAML file into a reproducible set of runs.");
        // Windows' spellings ('/h') would stand among what a shell completes.
        foreach (var help in root.Options.Where(option => option.Name == "--help"))
        {
            help.Aliases.Clear();
            help.Aliases.Add("-h");
        }
        foreach (var entry in entries)
        {
            var command = entry.Create(with);
            Completions.AddTo(command, with);
            root.Add(command);
        }
        return root;
    }

    /// <summary>A command's name and how to make it, so that only the command that was asked for is made.</summary>
    private sealed record CommandEntry(string Name, Func<Composition, Command> Create);

    /// <summary>Commands for one purpose.</summary>
    private sealed record CommandGroup(string Title, CommandEntry[] Commands);
}
