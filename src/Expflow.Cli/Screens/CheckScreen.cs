using Expflow.Cli.Commands;
using Expflow.Experiments;

namespace Expflow.Cli.Screens;

/// <summary>That an experiment file is fine, and where its values come from.</summary>
internal static class CheckScreen
{
    // Below this a value can't be told from another.
    private const int NarrowestValue = 20;

    public static void ShowFine(Terminal terminal, ExperimentInput.Planned planned)
    {
        var stages = planned.Plan.Stages;
        var counts = string.Join(", ", stages.Select(stage => $"{stage.Stage} {stage.Runs:#,0}"));
        terminal.Line(
            $"'{planned.Experiment.File}' is fine: experiment '{planned.Experiment.Name}', "
                + $"{DecisionText.Count(stages.Count, "stage")}, {DecisionText.Count(planned.Plan.Points, "point")}, "
                + DecisionText.Count(planned.Plan.Runs.Count, "run")
                + (stages.Count > 1 ? $" ({counts})." : ".")
        );
    }

    public static void ShowOrigins(Terminal terminal, Experiment experiment)
    {
        var origins = experiment.Origins;
        var others = origins.Max(origin => origin.Path.Length) + origins.Max(origin => origin.Source.ToString().Length);
        // On a terminal a line stays a line; whoever redirects wants all of it.
        var widest = terminal.Interactive ? Math.Max(NarrowestValue, terminal.Width - others - 8) : int.MaxValue;
        PlainTable.Print(
            terminal,
            ["value", "is", "from"],
            [.. origins.Select(origin => (string[])[origin.Path, Cut(origin.Value, widest), origin.Source.ToString()])]
        );
    }

    private static string Cut(string value, int widest) => value.Length <= widest ? value : value[..(widest - 1)] + "…";
}
