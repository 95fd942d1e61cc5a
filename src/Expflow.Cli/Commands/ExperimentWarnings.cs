using Expflow.Cli.Screens;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary>What is worth a second look in an experiment that is fine.</summary>
internal static class ExperimentWarnings
{
    public static IReadOnlyList<Problem> Of(ExperimentInput.Planned planned)
    {
        var warnings = new List<Problem>();
        var sweep = planned.Experiment.Sweep;
        SourcePlace? place = sweep.Place.File is null ? null : sweep.Place;
        if (planned.Expansion.Duplicates > 0)
            warnings.Add(
                new(
                    $"'sweep' gives {DecisionText.Count(planned.Expansion.Duplicates, "point")} more than once. Each is run once.",
                    place
                )
            );
        foreach (var idle in planned.Expansion.Idle)
            warnings.Add(
                new($"'exclude' has '{sweep.Exclude[idle]}', which no point agrees with. Check its values.", place)
            );
        if (planned.Plan.Runs.Count == 0)
            warnings.Add(new("The sweep has no points left: there is nothing to run. Check 'exclude'.", place));
        if (!File.Exists(planned.Project.File))
            warnings.Add(
                new($"'{planned.Project.Root}' is in no project. 'expflow run' needs one: 'expflow init' makes it.")
            );
        if (planned.Experiment.Snapshot && !IsInRepository(planned.Project.Root))
            warnings.Add(
                new(
                    $"'{planned.Project.Root}' is in no git repository, so the code can't be frozen: an edit reaches runs that wait. Run 'git init', or write 'snapshot: off'."
                )
            );
        return warnings;
    }

    // A file named .git stands in the other working trees of a repository.
    private static bool IsInRepository(string start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Exists(Path.Combine(folder, ".git")))
                return true;
        return false;
    }
}
