using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Pruning;
using Expflow.Results;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow prune</c>: puts what no result stands on into an archive.</summary>
internal sealed class PruneCommand(Composition with)
{
    private const string Description = """
        Show what no result stands on (attempts that a later one has replaced, frozen code of no run that may start again), and with
        --yes move it into '.expflow/archive'. Only what Expflow made is touched; nothing is removed before the archive has been read
        back; the journal stays whole.

        Examples:
          expflow prune
          expflow prune digits --runs 'state == failed'
          expflow prune --yes
        """;

    public static Command Create(Composition with)
    {
        var experiment = SharedOptions.Experiment();
        experiment.Description = "The experiment's name, or its file. All experiments, and frozen code, when left out.";
        var runs = new Option<string?>("--runs")
        {
            Description = "Whole folders of the runs of which this holds, too, such as 'state == failed'.",
        };
        var yes = new Option<bool>("--yes") { Description = "Archive it, after it was shown." };
        var json = SharedOptions.Json();
        var command = new Command("prune", Description) { experiment, runs, yes, json };
        command.SetAction(parsed =>
            with.WithIndex(
                (project, index) =>
                    new PruneCommand(with).Run(
                        project,
                        index,
                        parsed.GetValue(experiment),
                        parsed.GetValue(runs),
                        parsed.GetValue(yes),
                        parsed.GetValue(json)
                    )
            )
        );
        return command;
    }

    private int Run(ProjectFolder project, RunIndex index, string? named, string? condition, bool yes, bool json)
    {
        var chosen = SubmittedExperiments.Choose(index, named);
        if (!chosen.TryGet(out var names))
            return with.Terminal.Fail(chosen.Problems);
        var experiments = names.Select(name => new SubmittedExperiment(project, index, name)).ToArray();
        var planned = Plan(project, experiments, condition, snapshotsToo: named is null);
        if (!planned.TryGet(out var plan))
            return with.Terminal.Fail(planned.Problems);
        var outcome = yes && plan.Items.Count > 0 ? new Archiver(project, with.Time).Archive(plan) : null;
        if (json)
            PruneScreen.PrintJson(with.Terminal, plan, outcome);
        else
            PruneScreen.Print(with, plan, outcome);
        return outcome is ArchiveOutcome.Refused or ArchiveOutcome.NotRemoved ? ExitCode.Incomplete : ExitCode.Done;
    }

    private Checked<PrunePlan> Plan(
        ProjectFolder project,
        SubmittedExperiment[] experiments,
        string? condition,
        bool snapshotsToo
    )
    {
        var planner = new PrunePlanner(project, with.Time);
        var problems = new List<Problem>();
        foreach (var experiment in experiments)
        {
            if (condition is not null)
            {
                var matching = Matching(experiment, condition);
                if (matching.TryGet(out var runs))
                    planner.AddRuns(runs, experiment.Runs);
                problems.AddRange(matching.Problems);
            }
            foreach (var run in experiment.Runs)
                if (run.History.Attempt > 1)
                    planner.AddReplacedAttempts(run, experiment.MetricsOf(run));
        }
        if (snapshotsToo)
            planner.AddUnusedSnapshots([.. experiments.SelectMany(experiment => experiment.Runs)]);
        // Several experiments need not have the same columns: it is a mistake only when none has them.
        return problems.Count > 0 && planner.Plan.Items.Count == 0
            ? Checked<PrunePlan>.Failed([.. problems.Distinct()])
            : planner.Plan;
    }

    private static Checked<TrackedRun[]> Matching(SubmittedExperiment experiment, string condition)
    {
        var table = RunTable.Of(experiment.Runs, experiment.HeaderOf).Where(condition);
        if (!table.TryGet(out var matching))
            return Checked<TrackedRun[]>.Failed(table.Problems);
        var byId = experiment.Runs.ToDictionary(run => run.Run.Id.ToString());
        var ids = matching.Rows.Find(RunColumns.RunId)!;
        return Enumerable.Range(0, matching.Rows.RowCount).Select(row => byId[ids.Text(row)!]).ToArray();
    }
}
