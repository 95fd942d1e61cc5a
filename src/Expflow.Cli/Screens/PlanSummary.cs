using Expflow.Cli.Commands;
using Expflow.Experiments;
using Expflow.Planning;
using Expflow.Runs;
using Expflow.Submission;

namespace Expflow.Cli.Screens;

/// <summary>What a plan's screen and its JSON both tell.</summary>
internal sealed record PlanSummary
{
    public required ExperimentInput.Planned Planned { get; init; }

    public required SubmissionDecision Decision { get; init; }

    /// <summary>Upstream stages first.</summary>
    public required IReadOnlyList<StageSummary> Stages { get; init; }

    /// <summary>Of the runs that are new.</summary>
    public required PlanCost Cost { get; init; }

    private Dictionary<RunId, string> Known { get; init; } = [];

    /// <summary>A stage and how its runs stand.</summary>
    public sealed record StageSummary(Stage Stage, int Runs, int New, int Done, int Underway, int Failed);

    public static PlanSummary Of(ExperimentInput.Planned planned, SubmissionDecision decision)
    {
        var known = new Dictionary<RunId, string>();
        Note(known, decision.Done, "done");
        Note(known, decision.Underway, "underway");
        Note(known, decision.Given, "failed");
        var stages = planned.Plan.Stages.Select(stage =>
            SummaryOf(planned.Experiment.Stage(stage.Stage)!, stage.Runs, planned.Plan, known)
        );
        var summarised = stages.ToList();
        return new()
        {
            Planned = planned,
            Decision = decision,
            Stages = summarised,
            Cost = PlanCost.Of(summarised.Select(stage => (stage.Stage, stage.New))),
            Known = known,
        };
    }

    /// <summary><c>new</c>, <c>done</c>, <c>underway</c> or <c>failed</c>.</summary>
    public string StateOf(RunId run) => Known.GetValueOrDefault(run, "new");

    /// <summary>The first runs of each stage.</summary>
    public IEnumerable<PlannedRun> Examples(int ofEach)
    {
        var shown = 0;
        Stage? stage = null;
        foreach (var run in Planned.Plan.Runs)
        {
            shown = ReferenceEquals(run.Stage, stage) ? shown + 1 : 1;
            stage = run.Stage;
            if (shown <= ofEach)
                yield return run;
        }
    }

    private static void Note(Dictionary<RunId, string> known, IReadOnlyList<RunId> runs, string state)
    {
        foreach (var run in runs)
            known[run] = state;
    }

    private static StageSummary SummaryOf(Stage stage, int runs, RunPlan plan, Dictionary<RunId, string> known)
    {
        if (known.Count == 0)
            return new(stage, runs, runs, 0, 0, 0);
        var states = plan
            .Runs.Where(run => run.Stage.Name == stage.Name)
            .CountBy(run => known.GetValueOrDefault(run.Id, "new"))
            .ToDictionary();
        return new(stage, runs, Count("new"), Count("done"), Count("underway"), Count("failed"));

        int Count(string state) => states.GetValueOrDefault(state);
    }
}
