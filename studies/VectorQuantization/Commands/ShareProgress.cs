using System.Globalization;
using Expflow.Contract;

namespace VectorQuantization.Commands;

/// <summary>Tells how much of one long piece of work is done, and how long the rest will take.</summary>
/// <remarks>One line that overwrites itself where somebody watches, a line every ten seconds elsewhere. Under Expflow, a metric as well.</remarks>
/// <param name="with">Where to tell it.</param>
/// <param name="contract">The run that this is.</param>
/// <param name="work">What is done: <c>10000 queries</c>.</param>
/// <param name="quiet">Tells only Expflow.</param>
internal sealed class ShareProgress(Composition with, RunContext contract, string work, bool quiet)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly long start = with.Clock.GetTimestamp();
    private TimeSpan lastLook = -BetweenLooks;
    private TimeSpan lastLine;
    private double? before;
    private int steps;
    private bool open;

    /// <summary>So much is done now, 0 to 1; the first call says what an earlier run did.</summary>
    public void Tell(double share)
    {
        var elapsed = with.Clock.GetElapsedTime(start);
        before ??= share;
        if (elapsed - lastLine >= BetweenLines)
        {
            lastLine = elapsed;
            contract.Report(++steps, ("done", share));
            if (!quiet && !with.ShowsProgress)
                with.Error.WriteLine(Line(share, elapsed));
        }
        if (quiet || !with.ShowsProgress || elapsed - lastLook < BetweenLooks)
            return;
        lastLook = elapsed;
        open = true;
        with.Error.Write($"\r{Line(share, elapsed), -60}");
    }

    /// <summary>Wipes the line that overwrites itself.</summary>
    public void Done()
    {
        if (open)
            with.Error.Write($"\r{"", 60}\r");
        open = false;
    }

    private string Line(double share, TimeSpan elapsed)
    {
        var gained = share - before!.Value;
        var left = gained > 0 ? $", {Span(elapsed * ((1 - share) / gained))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{work}: {100 * share:0.0} %{left}");
    }

    private static string Span(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
        : $"{Math.Ceiling(time.TotalSeconds):0} s";
}
