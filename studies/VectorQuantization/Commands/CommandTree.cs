using System.CommandLine;
using VectorQuantization.Problems;

namespace VectorQuantization.Commands;

/// <summary>All commands of <c>vq-benchmark</c>, and how their ends become exit codes.</summary>
internal static class CommandTree
{
    private const string Description = """
        Compare vector quantisers: what they cost in bytes, what they lose, what a search still finds, and how fast.
        """;

    private static readonly Func<Composition, Command>[] Commands =
    [
        RunCommand.Create,
        SweepCommand.Create,
        EncodeCommand.Create,
        DecodeCommand.Create,
        PlanCommand.Create,
        DataCommand.Create,
        InfoCommand.Create,
        PrecomputeGtCommand.Create,
        TableCommand.Create,
        MergeCommand.Create,
        PlotCommand.Create,
    ];

    /// <summary>Parses and runs. 0: done. 1: stopped before the end, saved, can be resumed. 2: bad input, told on stderr.</summary>
    public static async Task<int> RunAsync(string[] args, Composition with)
    {
        var root = new RootCommand(Description);
        foreach (var create in Commands)
            root.Subcommands.Add(create(with));
        try
        {
            return await root.Parse(args)
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        Output = with.Out,
                        Error = with.Error,
                    }
                );
        }
        catch (BadInputException refused)
        {
            foreach (var problem in refused.Problems)
                await with.Error.WriteLineAsync(problem);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            await with.Error.WriteLineAsync("Stopped; what was done is kept. The same command goes on from here.");
            return ExitCode.WhenAskedToEnd(with);
        }
    }
}
