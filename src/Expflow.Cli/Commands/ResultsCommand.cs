using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Results;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow results</c>: the table of what came out.</summary>
internal sealed class ResultsCommand(Composition with)
{
    private const string Description = """
        Show what came out: a row a run, or mean ± sd over runs.

        Examples:
          expflow results digits --over seed --sort=-test_accuracy
          expflow results digits --by lr --metric loss --where 'model == mlp'
          expflow results digits --over seed --best test_accuracy:max
        """;

    public static Command Create(Composition with)
    {
        var experiment = SharedOptions.Experiment();
        var metric = new Option<string?>("--metric")
        {
            Description = "Only these metrics, in this order: 'loss,test_accuracy'.",
        };
        var at = ResultOptions.At();
        var where = ResultOptions.Where();
        var sort = new Option<string?>("--sort")
        {
            Description = "Sort by these columns: 'lr,loss:desc'; '--sort=-loss' is largest first, too.",
        };
        var by = new Option<string?>("--by") { Description = "One row for each value of these, with mean ± sd and n." };
        var over = ResultOptions.Over();
        var limit = new Option<int?>("--limit") { Description = "Show at most so many rows." };
        var best = new Option<string?>("--best")
        {
            Description = "Name the best setting by this metric: 'loss:min', 'test_accuracy:max'.",
        };
        var flagged = ResultOptions.WithFlagged();
        var stage = ResultOptions.Stage();
        var json = SharedOptions.Json();
        var command = new Command("results", Description)
        {
            experiment,
            metric,
            at,
            where,
            sort,
            by,
            over,
            limit,
            best,
            flagged,
            stage,
            json,
        };
        command.SetAction(parsed =>
            new ResultsCommand(with).Run(
                parsed.GetValue(experiment),
                parsed.GetValue(stage),
                ResultOptions.PartOf(parsed.GetValue(at)),
                new()
                {
                    Where = parsed.GetValue(where),
                    Sort = parsed.GetValue(sort),
                    By = ResultOptions.Names(parsed.GetValue(by)),
                    Over = ResultOptions.Names(parsed.GetValue(over)) ?? [],
                    Metrics = ResultOptions.Names(parsed.GetValue(metric)),
                    Limit = parsed.GetValue(limit),
                    Best = parsed.GetValue(best),
                    WithFlagged = parsed.GetValue(flagged),
                },
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private int Run(string? named, string? stage, SummaryPart part, ResultsRequest request, bool json) =>
        with.WithIndex(
            (project, index) =>
            {
                var chosen = SubmittedExperiments.ChooseOne(index, named);
                if (!chosen.TryGet(out var name))
                    return with.Terminal.Fail(chosen.Problems);
                var table = new SubmittedExperiment(project, index, name).Table(stage, part, leftBehind: false);
                if (!table.TryGet(out var runs))
                    return with.Terminal.Fail(table.Problems);
                var answer = ResultsQuery.Answer(runs, request);
                if (!answer.TryGet(out var report))
                    return with.Terminal.Fail(answer.Problems);
                if (json)
                    ResultsScreen.PrintJson(with.Terminal, name, report);
                else
                    ResultsScreen.Print(with.Terminal, stage is null ? name : $"{name}, stage {stage}", report);
                return ExitCode.Done;
            }
        );
}
