using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Executors;
using Expflow.Journal;
using Expflow.Logs;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow logs</c>: what a run printed, byte for byte.</summary>
internal sealed class LogsCommand(Composition with, ProjectFolder project)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static Command Create(Composition with)
    {
        var run = new Argument<string[]>("run") { Description = RunWords.Description, Arity = ArgumentArity.OneOrMore };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the run has ended." };
        var attempt = new Option<int?>("--attempt") { Description = "Another attempt than the latest." };
        var tail = new Option<int?>("--tail", "-n") { Description = "Only the last so many lines." };
        var json = new Option<bool>("--json") { Description = "Print where the output stands, as JSON." };
        var command = new Command(
            "logs",
            "Show what a run printed.\n\nExamples:\n  expflow logs 1f3a9c --tail 20\n  expflow logs digits main lr=0.1,seed=3 -f"
        )
        {
            run,
            follow,
            attempt,
            tail,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                if (!found.TryGet(out var project))
                    return with.Terminal.Fail(found.Problems);
                var choices = new Choices(
                    parsed.GetValue(follow),
                    parsed.GetValue(attempt),
                    parsed.GetValue(tail),
                    parsed.GetValue(json)
                );
                return await new LogsCommand(with, project).RunAsync(parsed.GetValue(run)!, choices);
            }
        );
        return command;
    }

    private sealed record Choices(bool Follow, int? Attempt, int? Tail, bool Json);

    private async Task<int> RunAsync(string[] words, Choices choices)
    {
        TrackedRun run;
        using (var index = with.OpenIndex(project))
        {
            var chosen = RunWords.One(index, words);
            if (!chosen.TryGet(out var found))
                return with.Terminal.Fail(chosen.Problems);
            run = found;
        }
        if (choices is { Tail: < 0 } or { Attempt: < 1 })
            return with.Terminal.Fail(
                new Problems.Problem("'--tail' takes 0 or more lines, '--attempt' a number from 1.")
            );
        if (choices.Attempt > Math.Max(run.History.Attempt, 1))
            return with.Terminal.Fail(
                new Problems.Problem(
                    $"Run '{run.Run.Id.Brief}' has {run.History.Attempt} attempts, not {choices.Attempt}."
                )
            );
        if (choices.Json)
            return PrintJson(run, choices.Attempt ?? run.History.Attempt);
        try
        {
            return choices.Follow && choices.Attempt is null
                ? await FollowAsync(run, choices.Tail)
                : Print(run, choices.Attempt ?? run.History.Attempt, choices.Tail);
        }
        // Whoever read the output has seen enough: 'expflow logs RUN | head'.
        catch (IOException)
        {
            return ExitCode.Done;
        }
    }

    private int Print(TrackedRun run, int attempt, int? tail)
    {
        if (attempt == 0 && JobPieceOf(run) is { } said)
            return Copy(said, tail);
        if (attempt == 0)
        {
            with.Terminal.Complain($"Run '{run.Run.Id.Brief}' has not been started yet. -f waits for it.");
            return ExitCode.Incomplete;
        }
        if ((PieceOf(run, attempt, run.History) ?? JobPieceOf(run, attempt)) is not { } piece)
        {
            with.Terminal.Complain($"Attempt {attempt} of run '{run.Run.Id.Brief}' has left no output.");
            return ExitCode.Done;
        }
        return Copy(piece, tail);
    }

    private int Copy(OutputPiece piece, int? tail)
    {
        using var to = with.Terminal.Bytes();
        piece.Copy(tail is { } lines ? piece.StartOfLast(lines) : piece.Start, to, Filter());
        return ExitCode.Done;
    }

    // What Slurm itself said, where the agent never came to say anything: of the latest attempt only, since a job's log is one file.
    private OutputPiece? JobPieceOf(TrackedRun run, int? attempt = null) =>
        (attempt is null || attempt == run.History.Attempt)
        && run.Array is { } array
        && JobLog.Find(project, array, run.Task) is { } path
            ? new(path)
            : null;

    private async Task<int> FollowAsync(TrackedRun run, int? tail)
    {
        using var to = with.Terminal.Bytes();
        using var timer = new PeriodicTimer(Interval, with.Time);
        using var slurm = SlurmFollowing.Of(with, project, run.Experiment);
        using var pools = PoolFollowing.Of(with, project, run.Experiment);
        var journal = new JournalFolder(project.Journal);
        var filter = Filter();
        var (history, attempt, at) = (RunHistory.Empty, 0, 0L);
        while (true)
        {
            if (slurm is not null)
                await slurm.TickAsync();
            if (pools is not null)
                await pools.TickAsync();
            var isAlive =
                slurm?.IsAlive == true || pools?.IsAlive == true || FileLock.Holder(project.LocalLock) is not null;
            history = Fold(history, journal, run.Run.Id);
            if (attempt > 0 && history.Attempt > attempt)
                at = OwnPieceOf(run, attempt, history)?.Copy(at, to, filter) ?? at;
            if (history.Attempt > attempt)
            {
                if (attempt > 0)
                    with.Terminal.Complain($"Attempt {history.Attempt} begins.");
                attempt = history.Attempt;
                at = OwnPieceOf(run, attempt, history) is { } next && tail is { } lines ? next.StartOfLast(lines) : -1;
                tail = null;
            }
            if (attempt > 0 && OwnPieceOf(run, attempt, history) is { } piece)
                at = piece.Copy(at < 0 ? piece.Start : at, to, filter);
            if (history.State is not (RunState.Pending or RunState.Running))
                return ExitCode.Done;
            if (!isAlive)
            {
                with.Terminal.Complain(
                    pools is not null ? "No allocation works on its pool, so nothing more will come."
                    : slurm is null ? "No agent is at work here, so nothing more will come."
                    : "Nothing of it is in Slurm's queue, so nothing more will come."
                );
                return ExitCode.Incomplete;
            }
            await timer.WaitForNextTickAsync();
        }
    }

    private static RunHistory Fold(RunHistory history, JournalFolder journal, RunId run) =>
        journal
            .ReadNew()
            .Events.Where(happened => RunLedger.RunOf(happened) == run)
            .Aggregate(history, (folded, happened) => folded.With(happened));

    // A packed run's output has a place of its own once it has ended, not before.
    private OutputPiece? OwnPieceOf(TrackedRun run, int attempt, RunHistory history)
    {
        var folder = new AttemptFolder(Path.Combine(project.Runs, run.Run.Folder), attempt);
        if (File.Exists(folder.Output))
            return new(folder.Output);
        return history.Ended is { Output: { } segment } ended && ended.Attempt == attempt ? PieceOf(segment) : null;
    }

    private OutputPiece? PieceOf(TrackedRun run, int attempt, RunHistory history) =>
        OwnPieceOf(run, attempt, history) ?? (Earlier(run.Run.Id, attempt) is { } segment ? PieceOf(segment) : null);

    private OutputPiece PieceOf(OutputSegment segment) =>
        new(Path.Combine(project.Segments, segment.File), segment.Offset, segment.Length);

    // The index keeps a run's latest attempt only; the journal has them all.
    private OutputSegment? Earlier(RunId run, int attempt) =>
        new JournalFolder(project.Journal)
            .ReadNew()
            .Events.OfType<JournalEvent.AttemptEnded>()
            .LastOrDefault(ended => ended.Run == run && ended.Attempt == attempt)
            ?.Output;

    private EscapeFilter? Filter() => with.Terminal.Interactive ? null : new();

    private int PrintJson(TrackedRun run, int attempt)
    {
        var piece = attempt == 0 ? JobPieceOf(run) : PieceOf(run, attempt, run.History) ?? JobPieceOf(run, attempt);
        JsonOutput.Print(
            with.Terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("run", run.Run.Id.ToString());
                json.WriteNumber("attempt", attempt);
                json.WriteString("file", piece?.Path);
                json.WriteNumber("offset", piece?.Start ?? 0);
                if (piece?.Length is { } length)
                    json.WriteNumber("length", length);
                json.WriteEndObject();
            }
        );
        return ExitCode.Done;
    }
}
