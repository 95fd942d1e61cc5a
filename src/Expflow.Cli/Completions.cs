using System.CommandLine;
using System.CommandLine.Completions;
using Expflow.Cli.Commands;
using Expflow.Indexing;

namespace Expflow.Cli;

/// <summary>What a shell can complete beside commands and options: experiment files, and experiments that were submitted.</summary>
internal static class Completions
{
    public static void AddTo(Command command, Composition with)
    {
        foreach (var argument in command.Arguments)
        {
            var takes = argument.Name.Split('|');
            if (takes.Contains("file"))
                argument.CompletionSources.Add(_ => Items(ExperimentFiles.Known(with)));
            if (takes.Contains("experiment"))
                argument.CompletionSources.Add(_ => Items(Submitted(with)));
        }
    }

    private static IEnumerable<CompletionItem> Items(IEnumerable<string> texts) =>
        texts.Select(text => new CompletionItem(text));

    // As the index stands: nobody wants to wait for a rebuild on a tab.
    private static IReadOnlyList<string> Submitted(Composition with)
    {
        if (!with.FindProject().TryGet(out var project) || !Directory.Exists(project.Journal))
            return [];
        using var index = RunIndex.Open(project, IndexPlace.FromEnvironment(with.Environment));
        return index.Experiments();
    }
}
