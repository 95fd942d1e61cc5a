using System.CommandLine;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark merge</c>: databases of several jobs into one.</summary>
internal static class MergeCommand
{
    private const string Description = """
        Bring the databases of several jobs into one, each cell once: the done row that was begun last; failed never goes before done.

        Repeating it changes nothing, sources are only read, and jobs may still be writing to them.
        """;

    internal static Command Create(Composition with)
    {
        var sources = new Argument<string[]>("DB")
        {
            Description = "Databases of results, or folders: every '*.db' below them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new Option<string>("--out")
        {
            Description = "The database that takes all; what it holds already stays.",
            Required = true,
        };
        var command = new Command("merge", Description) { sources, target };
        command.SetAction(parsed => Run(with, parsed.GetValue(target)!, parsed.GetValue(sources)!));
        return command;
    }

    private static int Run(Composition with, string target, string[] sources)
    {
        var outcome = ResultMerge.Into(target, sources);
        foreach (var problem in outcome.Problems)
            with.Error.WriteLine(problem);
        foreach (var source in outcome.Sources)
            with.Out.WriteLine($"{source.Path}: {source.Cells} cells, {source.Taken} taken");
        if (outcome.Sources.Count > 0)
            with.Out.WriteLine($"{target}: {new ResultDatabase(target).Rows().Count} cells");
        return outcome.Problems.Count == 0 ? ExitCode.Done : ExitCode.Stopped;
    }
}
