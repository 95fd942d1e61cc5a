using System.Globalization;
using Expflow.Tracking;
using Spectre.Console;

namespace Expflow.Cli.Screens;

/// <summary>Shows how runs come along: a table that is redrawn on a terminal, a line now and then elsewhere.</summary>
internal sealed class ProgressScreen(Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private const int BarWidth = 24;

    private readonly long startedAt = time.GetTimestamp();
    private long shownAt;
    private int doneAtStart = -1;
    private int linesDrawn;
    private IReadOnlyList<string> asideShown = [];

    /// <summary>Lines that a terminal shows under the bars.</summary>
    public IReadOnlyList<string> Below { get; set; } = [];

    /// <summary>Lines that stand between the bars and those; without a terminal they are shown when they have changed.</summary>
    public IReadOnlyList<string> Aside { get; set; } = [];

    /// <summary>Shows the state now; without a terminal only when some time has passed since the last line.</summary>
    public void Show(RunProgress progress)
    {
        if (doneAtStart < 0)
            doneAtStart = progress.Done + progress.Failed;
        if (terminal.Interactive)
        {
            Redraw(progress);
            return;
        }
        if (shownAt != 0 && time.GetElapsedTime(shownAt) < BetweenLines)
            return;
        shownAt = time.GetTimestamp();
        terminal.Line(LineOf(progress));
        ShowAside();
        terminal.Flush();
    }

    /// <summary>Shows the last state, so that it stays on the screen.</summary>
    public void Finish(RunProgress progress)
    {
        if (terminal.Interactive)
            Redraw(progress);
        else
            terminal.Line(LineOf(progress));
        terminal.Flush();
    }

    private void ShowAside()
    {
        if (Aside.SequenceEqual(asideShown))
            return;
        asideShown = Aside;
        foreach (var line in Aside)
            terminal.Line($"  {line}");
    }

    private void Redraw(RunProgress progress)
    {
        var lines = progress.Stages.Select(stage => RowOf(stage, progress)).ToList();
        lines.Add(FootOf(progress));
        lines.AddRange(Aside.Select(line => $"[grey]{Markup.Escape(Cut(line))}[/]"));
        lines.AddRange(Below.Select(line => $"[red]{Markup.Escape(Cut(line))}[/]"));
        if (linesDrawn > 0)
            terminal.Out.Write($"\e[{linesDrawn}A");
        // What was longer before must not stay on the screen.
        foreach (var line in lines.Concat(Enumerable.Repeat("", Math.Max(0, linesDrawn - lines.Count))))
        {
            terminal.Out.Write("\e[2K");
            terminal.Console.MarkupLine(line);
        }
        linesDrawn = Math.Max(linesDrawn, lines.Count);
        terminal.Flush();
    }

    // A line that wraps would make the next redraw go up too few lines.
    private string Cut(string line) => line.Length < terminal.Width ? line : line[..(terminal.Width - 2)] + "…";

    private static string RowOf(StageProgress stage, RunProgress progress)
    {
        var width = Math.Min(24, progress.Stages.Max(one => one.Stage.Length));
        var name = stage.Stage.Length > width ? stage.Stage[..(width - 1)] + "…" : stage.Stage.PadRight(width);
        var done = BarWidth * stage.Done / Math.Max(1, stage.Runs);
        var failed = stage.Failed == 0 ? 0 : Math.Max(1, BarWidth * stage.Failed / stage.Runs);
        done = Math.Min(done, BarWidth - failed);
        var rest = BarWidth - done - failed;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{Markup.Escape(name)} [green]{new string('━', done)}[/][red]{new string('━', failed)}[/][grey]{new string('─', rest)}[/] {stage.Done}/{stage.Runs}"
            )
            + (stage.Running > 0 ? $", {stage.Running} running" : "")
            + (stage.Failed > 0 ? $", [red]{stage.Failed} failed[/]" : "");
    }

    private string FootOf(RunProgress progress)
    {
        var elapsed = time.GetElapsedTime(startedAt);
        var left = LeftOf(progress, elapsed);
        return $"[grey]{Durations.Words(elapsed)}{(left is { } rest ? $", about {Durations.Words(rest)} left" : "")}[/]";
    }

    private string LineOf(RunProgress progress)
    {
        var elapsed = time.GetElapsedTime(startedAt);
        var failed = progress.Failed > 0 ? $", {progress.Failed} failed" : "";
        var left = LeftOf(progress, elapsed) is { } rest ? $", about {Durations.Words(rest)} left" : "";
        return $"{progress.Done}/{progress.Runs} done, {progress.Running} running{failed} after {Durations.Words(elapsed)}{left}";
    }

    // What has ended since this screen began says how fast the rest will go; below three it says nothing.
    private TimeSpan? LeftOf(RunProgress progress, TimeSpan elapsed)
    {
        var ended = progress.Done + progress.Failed - doneAtStart;
        var rest = progress.Runs - progress.Done - progress.Failed;
        return ended < 3 || rest == 0 ? null : elapsed * ((double)rest / ended);
    }
}
