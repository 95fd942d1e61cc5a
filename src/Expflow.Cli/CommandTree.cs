using System.CommandLine;
using Expflow.Cli.Commands;

namespace Expflow.Cli;

/// <summary>All commands under the name <c>expflow</c>.</summary>
internal static class CommandTree
{
    public static async Task<int> RunAsync(string[] args, Composition with)
    {
        // The most frequent question of scripts; the whole tree need not be built for it.
        if (args is ["--version"])
        {
            with.Terminal.Line(BuildVersion.Text);
            return ExitCode.Done;
        }
        var parsed = Build(with).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                with.Terminal.Complain(error.Message);
            with.Terminal.Complain($"Run 'expflow {parsed.CommandResult.Command.Name} --help' to see what it takes.");
            return ExitCode.BadInput;
        }
        return await parsed.InvokeAsync(new() { Output = with.Terminal.Out, EnableDefaultExceptionHandler = false });
    }

    private static RootCommand Build(Composition with)
    {
        var root = new RootCommand(
            "Turns one YAML file into a reproducible set of runs, and hands back one verified table."
        );
        foreach (var command in Commands(with))
            root.Add(command);
        return root;
    }

    // In the order in which a newcomer meets them.
    private static IEnumerable<Command> Commands(Composition with) =>
        [
            RunCommand.Create(with),
            SubmitCommand.Create(with),
            StatusCommand.Create(with),
            WatchCommand.Create(with),
            LogsCommand.Create(with),
            VerifyCommand.Create(with),
            ResultsCommand.Create(with),
            CompareCommand.Create(with),
            PlotCommand.Create(with),
            ExportCommand.Create(with),
            NoteCommand.Create(with),
            PruneCommand.Create(with),
            AgentCommand.Create(with),
        ];
}
