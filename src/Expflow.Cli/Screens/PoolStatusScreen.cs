using Expflow.Cli.Commands;
using Expflow.Queues;
using Expflow.Tracking;

namespace Expflow.Cli.Screens;

/// <summary>A pool: allocations, what each worker does, the queue, and how long it will take.</summary>
internal sealed class PoolStatusScreen(Terminal terminal)
{
    private const int MostRuns = 20;

    public void Show(PoolPicture picture)
    {
        terminal.Line(Brief(picture).First());
        ShowAllocations(picture);
        ShowRuns(picture);
        foreach (var line in Lines(picture))
            terminal.Line($"  {line}");
        if (picture.Trouble is { } trouble)
            terminal.Line(
                $"  Slurm could not be asked: {trouble}. What is shown is what the agents have left on disk."
            );
    }

    /// <summary>A pool in a few lines, for screens that are about something else.</summary>
    public static IEnumerable<string> Brief(PoolPicture picture) =>
        Lines(picture).Prepend($"pool '{picture.Pool}': {PoolWords.Of(picture.State)}, {Workers(picture)}");

    /// <summary>The queue, throughput and what is missing, a line each.</summary>
    public static IEnumerable<string> Lines(PoolPicture picture)
    {
        yield return $"queue: {picture.Ready:#,0} waiting, {picture.Claimed:#,0} claimed, {picture.Running.Count:#,0} running, {picture.Blocked:#,0} blocked; {picture.Done:#,0} done, {picture.Failed:#,0} failed";
        if (picture.Rate is { } rate)
            yield return $"{rate:#,0.#} runs a minute over the last {Durations.Words(picture.Lately)}"
                + (picture.TimeLeft is { } left ? $"; about {Durations.Words(left)} left" : "");
        if (picture.Left > 0 && picture.State != PoolState.Open)
            yield return $"It takes no runs; 'expflow pool start {picture.Pool}' goes on.";
        else if (picture.Left > 0 && picture.Allocations.Count == 0 && picture.Trouble is null)
            yield return $"No allocation works on it; 'expflow pool start {picture.Pool}' starts one."
                + (picture.LastWords is { } words ? $" The last one left in its log: {words}" : "");
    }

    private static string Workers(PoolPicture picture)
    {
        var waiting = picture.Allocations.Count(one => one.Row?.State.IsWaiting == true);
        var text =
            $"{DecisionText.Count(picture.Allocations.Count - waiting, "allocation")} at work, {DecisionText.Count(picture.Workers, "worker")}";
        return waiting > 0 ? $"{text}; {waiting:#,0} {(waiting == 1 ? "waits" : "wait")}" : text;
    }

    private void ShowAllocations(PoolPicture picture)
    {
        if (picture.Allocations.Count == 0)
            return;
        var table = new TextTable()
            .Column("  job")
            .Column("node")
            .Column("workers", right: true)
            .Column("busy", right: true)
            .Column("time left", right: true)
            .Column("state");
        foreach (var one in picture.Allocations)
            table.Row(
                $"  {one.Job}",
                NodeOf(one) ?? "",
                one.Workers is { } workers ? $"{workers}" : "",
                one.Claim is null ? "" : $"{picture.Running.Count(run => run.History.Started?.Job == one.Job)}",
                EndOf(one) is { } end && end > picture.At ? Durations.Words(end - picture.At) : "",
                StateOf(one)
            );
        table.Print(terminal.Out);
    }

    private void ShowRuns(PoolPicture picture)
    {
        if (picture.Running.Count == 0)
            return;
        var table = new TextTable()
            .Column("  node")
            .Column("run")
            .Column("GPUs")
            .Column("for", right: true)
            .Column("what");
        foreach (var run in picture.Running.Take(MostRuns))
            table.Row(
                $"  {run.History.Started!.Host}",
                run.Run.Id.Brief,
                run.History.Started.Gpus ?? "",
                Durations.Words(Since(run, picture.At)),
                $"{run.Experiment} {RunNames.Of(run.Run)}"
            );
        table.Print(terminal.Out);
        if (picture.Running.Count > MostRuns)
            terminal.Line($"  … and {picture.Running.Count - MostRuns:#,0} more");
    }

    /// <summary>The node of an allocation; null while it has none.</summary>
    public static string? NodeOf(PoolAllocation one) => one.Row?.Nodes ?? one.Claim?.Note?.Host;

    /// <summary>When an allocation will be ended; null when nobody knows.</summary>
    public static DateTimeOffset? EndOf(PoolAllocation one) =>
        one.Row is { State.IsWaiting: true } ? null : one.Row?.End ?? one.Claim?.Note?.End;

    /// <summary>How an allocation stands, in words.</summary>
    public static string StateOf(PoolAllocation one) =>
        one.Row is { } row ? PoolWords.Of(row)
        : one.Claim?.Reaper is not null ? "gone; its runs are being put back"
        : "not in Slurm's queue";

    private static TimeSpan Since(TrackedRun run, DateTimeOffset now) =>
        now - run.History.Started!.At is { Ticks: > 0 } age ? age : TimeSpan.Zero;
}
