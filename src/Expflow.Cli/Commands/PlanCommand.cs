using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Problems;
using Expflow.Runs;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow plan</c>: what <c>run</c> would do, without doing it.</summary>
internal sealed class PlanCommand(Composition with)
{
    private const int Examples = 2;

    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var runs = new Option<int>("--runs")
        {
            Description = "How many runs of each stage to show with their commands.",
            DefaultValueFactory = _ => Examples,
            HelpName = "N",
        };
        runs.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && (!int.TryParse(given.Tokens[0].Value, out var number) || number < 0))
                given.AddError($"'--runs {given.Tokens[0].Value}' is no number of runs. Give 0 or more.");
        });
        var all = new Option<bool>("--all") { Description = "Show every run with its command." };
        var json = SharedOptions.Json();
        var command = new Command(
            "plan",
            "Show what would run, and what it costs at most, without running it.\n\nExample: expflow plan digits.yaml --runs 5"
        );
        input.AddTo(command);
        command.Add(runs);
        command.Add(all);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var planned = input.Plan(with, parsed, anywhere: true);
            if (!planned.TryGet(out var plan))
                return with.Terminal.Fail(planned.Problems);
            var shown = parsed.GetValue(all) ? int.MaxValue : parsed.GetValue(runs);
            return new PlanCommand(with).Show(plan, shown, parsed.GetValue(json));
        });
        return command;
    }

    private int Show(ExperimentInput.Planned planned, int examples, bool json)
    {
        var histories = Histories(planned);
        var decision = SubmissionDecision.For(planned.Plan, histories, (_, _) => false);
        var summary = PlanSummary.Of(planned, decision);
        IReadOnlyList<Problem> warnings =
        [
            .. ExperimentWarnings.Of(planned),
            .. AssumedRuns.NotDone(planned.Plan, decision, histories),
        ];
        if (json)
        {
            PlanJson.Print(with.Terminal, summary, warnings, examples);
            return ExitCode.Done;
        }
        foreach (var warning in warnings)
            with.Terminal.Warn(warning.ToString());
        new PlanScreen(with.Terminal, summary).Show(examples);
        return ExitCode.Done;
    }

    // Looking leaves nothing behind: without a journal there is nothing to ask an index about.
    private IReadOnlyDictionary<RunId, RunHistory> Histories(ExperimentInput.Planned planned)
    {
        if (!Directory.Exists(planned.Project.Journal))
            return new Dictionary<RunId, RunHistory>();
        using var index = with.OpenIndex(planned.Project);
        return index.Histories(planned.Experiment.Name);
    }
}
