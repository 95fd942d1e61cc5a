using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Results;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow compare</c>: runs or experiments side by side.</summary>
internal sealed class CompareCommand(Composition with)
{
    private const string Description = """
        Put runs or experiments side by side: the parameters that differ, what came out, and what it cost.

        Examples:
          expflow compare 1f3a9c 77bd01
          expflow compare digits digits-wide
        """;

    public static Command Create(Composition with)
    {
        var subjects = new Argument<string[]>("run or experiment")
        {
            Description = "Two or more: the first digits of a run's id, or an experiment's name.",
            Arity = ArgumentArity.OneOrMore,
        };
        var at = ResultOptions.At();
        var where = ResultOptions.Where();
        var flagged = ResultOptions.WithFlagged();
        var json = SharedOptions.Json();
        var command = new Command("compare", Description) { subjects, at, where, flagged, json };
        command.SetAction(parsed =>
            with.WithIndex(
                (project, index) =>
                    new CompareCommand(with).Run(
                        new Sides(
                            project,
                            index,
                            ResultOptions.PartOf(parsed.GetValue(at)),
                            parsed.GetValue(where),
                            parsed.GetValue(flagged)
                        ),
                        parsed.GetValue(subjects)!,
                        parsed.GetValue(json)
                    )
            )
        );
        return command;
    }

    private int Run(Sides sides, string[] subjects, bool json)
    {
        if (subjects.Distinct().Count() < 2)
            return with.Terminal.Fail(
                new Problem($"'{subjects[0]}' alone can't be compared. Name two or more runs or experiments.")
            );
        var found = subjects.Distinct().Select(sides.Of).ToArray();
        var problems = found.SelectMany(side => side.Problems).ToArray();
        if (problems.Length > 0)
            return with.Terminal.Fail(problems);
        var comparison = SideBySide.Of([.. found.Select(side => side.TryGet(out var runs) ? runs : null!)]);
        if (json)
            CompareScreen.PrintJson(with.Terminal, comparison);
        else
            CompareScreen.Print(with.Terminal, comparison);
        return ExitCode.Done;
    }

    /// <summary>Finds the runs that each word means.</summary>
    private sealed class Sides(ProjectFolder project, RunIndex index, SummaryPart part, string? where, bool withFlagged)
    {
        public Checked<ComparedRuns> Of(string subject)
        {
            if (!index.Experiments().Contains(subject) && RunChoice.LooksLikeId(subject))
                return OfRun(subject);
            var chosen = SubmittedExperiments.ChooseOne(index, subject);
            return chosen.TryGet(out var name) ? OfExperiment(name) : Checked<ComparedRuns>.Failed(chosen.Problems);
        }

        private Checked<ComparedRuns> OfRun(string prefix)
        {
            var found = RunChoice.One(index, prefix);
            if (!found.TryGet(out var run))
                return Checked<ComparedRuns>.Failed(found.Problems);
            var experiment = new SubmittedExperiment(project, index, run.Experiment);
            return new ComparedRuns(
                run.Run.Id.Brief,
                RunTable.Of([run], experiment.HeaderOf, part, experiment.RequiredMetrics)
            );
        }

        private Checked<ComparedRuns> OfExperiment(string name)
        {
            var table = new SubmittedExperiment(project, index, name).Table(stage: null, part);
            var filtered = table.TryGet(out var all) ? all.Where(where) : table;
            return filtered.TryGet(out var runs)
                ? new ComparedRuns(name, runs.Where(row => runs.IsDone(row) && (withFlagged || !runs.IsFlagged(row))))
                : Checked<ComparedRuns>.Failed(filtered.Problems);
        }
    }
}
