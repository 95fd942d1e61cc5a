using Expflow.Cli.Commands;

namespace Expflow.Cli.Screens;

/// <summary>Says which picture was drawn.</summary>
internal static class PlotScreen
{
    private const int MostNamed = 12;

    public static void Print(Composition with, string experiment, DrawnPicture picture)
    {
        var over = (picture.X, picture.Y) switch
        {
            ({ } x, { } y) => $" over {x} and {y}",
            ({ } x, null) => $" over {x}",
            _ => "",
        };
        with.Terminal.Line($"{experiment}: {picture.Metric}{over}, {RunsText(picture.Runs)}.");
        if (picture.LeftOut > 0)
            with.Terminal.Line(
                $"{RunsText(picture.LeftOut)} left out, flagged by checks; '--with-flagged' draws them."
            );
        if (picture.Series.Count > MostNamed)
            with.Terminal.Line(
                $"{picture.Series.Count} lines are many: '--where' chooses some, '--over' averages, '--x' draws over a parameter."
            );
        with.Terminal.Line(ShownPath.Of(picture.Path, with.Folder));
    }

    public static void PrintJson(Terminal terminal, string experiment, DrawnPicture picture) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", experiment);
                json.WriteString("metric", picture.Metric);
                if (picture.X is { } x)
                    json.WriteString("x", x);
                if (picture.Y is { } y)
                    json.WriteString("y", y);
                json.WriteString("path", picture.Path);
                json.WriteNumber("bytes", picture.Bytes);
                json.WriteNumber("runs", picture.Runs);
                json.WriteNumber("left_out", picture.LeftOut);
                json.WriteStartArray("series");
                foreach (var name in picture.Series)
                    json.WriteStringValue(name);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static string RunsText(int count) => count == 1 ? "1 run" : $"{Figures.Count(count)} runs";
}
