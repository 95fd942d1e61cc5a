using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow cancel</c>: takes pending runs out, and ends running ones.</summary>
internal sealed class CancelCommand(Composition with, ProjectFolder project)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private const int MostListed = 10;

    public static Command Create(Composition with)
    {
        var targets = new Argument<string[]>("experiment|run")
        {
            Description = Targets.Description,
            Arity = ArgumentArity.OneOrMore,
        };
        var stage = new Option<string?>("--stage") { Description = "Only runs of this stage." };
        var where = new Option<string?>("--where") { Description = "Only runs like this: 'lr == 0.1 and seed < 3'." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask." };
        var json = SharedOptions.Json();
        var command = new Command(
            "cancel",
            "Cancel runs: what is pending will not start, what runs is ended. What is done stays done.\n\nExample: expflow cancel digits --where 'lr == 10'"
        )
        {
            targets,
            stage,
            where,
            yes,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                return found.TryGet(out var project)
                    ? await new CancelCommand(with, project).RunAsync(
                        parsed.GetValue(targets)!,
                        new(parsed.GetValue(stage), parsed.GetValue(where), parsed.GetValue(yes), parsed.GetValue(json))
                    )
                    : with.Terminal.Fail(found.Problems);
            }
        );
        return command;
    }

    private sealed record Choices(string? Stage, string? Where, bool Yes, bool Json);

    private async Task<int> RunAsync(string[] words, Choices choices)
    {
        TrackedRun[] runs;
        using (var index = with.OpenIndex(project))
        {
            var named = Targets.Of(index, words, choices.Stage, choices.Where);
            if (!named.TryGet(out var found))
                return with.Terminal.Fail(named.Problems);
            runs = [.. found.Where(run => run.History.State is RunState.Pending or RunState.Running)];
        }
        if (runs.Length == 0)
            return Tell(choices.Json, 0, 0, 0, "Nothing to cancel: none of these runs is pending or running.");
        if (!choices.Yes && !choices.Json && runs.Length > 1 && with.Terminal.Interactive && !Confirms(runs))
            return Tell(choices.Json, 0, 0, 0, "Nothing was cancelled.");
        try
        {
            Write(runs);
            await TellPoolsAsync(runs);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return with.Terminal.Fail(
                new Problems.Problem($"'{project.Journal}' can't be written: {refused.Message} Nothing was cancelled.")
            );
        }
        return await EndAsync(runs, choices.Json);
    }

    private bool Confirms(TrackedRun[] runs)
    {
        foreach (var run in runs.Take(MostListed))
            with.Terminal.Line(
                $"  {run.History.State.Word, -9} {run.Run.Id.Brief}  {run.Experiment} {RunNames.Of(run.Run)}"
            );
        if (runs.Length > MostListed)
            with.Terminal.Line($"  … and {runs.Length - MostListed:#,0} more");
        with.Terminal.Out.Write($"Cancel these {runs.Length:#,0} runs? [y/N] ");
        with.Terminal.Flush();
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private void Write(TrackedRun[] runs)
    {
        var now = with.Time.GetUtcNow();
        using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time);
        journal.Append(
            runs.Select(run => new JournalEvent.Cancelled
            {
                At = now,
                Run = run.Run.Id,
                Turn = run.History.Turn + 1,
            })
        );
    }

    // The agents of pools read the journal when they are told that it has news.
    private async Task TellPoolsAsync(TrackedRun[] runs)
    {
        List<PoolFolder> pools;
        using (var index = with.OpenIndex(project))
            pools =
            [
                .. runs.Select(run => run.Submission)
                    .Distinct()
                    .Select(index.PoolOf)
                    .OfType<PoolName>()
                    .Distinct()
                    .Select(name => new PoolFolder(project, name)),
            ];
        if (pools.Count == 0)
            return;
        var locked = await SubmitTurn.TakeAsync(with, project);
        using var taken = locked.TryGet(out var turn) ? turn : null;
        foreach (var pool in pools)
            PoolControl.Say(pool);
    }

    private async Task<int> EndAsync(TrackedRun[] runs, bool json)
    {
        var running = runs.Where(run => run.History.State is RunState.Running).ToList();
        await EndOnSlurmAsync([.. runs.Where(run => run.Array is not null)]);
        var here = running.Count(run =>
            run.History.Started is { Job: null } started && started.Host == Composition.Host
        );
        // Whoever took the runs up may have died; the next agent finds what it left and ends it.
        if (here > 0 && await new Following(with, project).EnsureAgentAsync() is { } reason)
            with.Terminal.Complain($"The local agent can't be started to end what runs: {reason}");
        var left = running.Count == 0 ? 0 : await WaitAsync([.. running.Select(run => run.Run.Id)]);
        var text =
            $"{DecisionText.Count(runs.Length, "run")} cancelled: {runs.Length - running.Count:#,0} pending, {running.Count:#,0} running"
            + (left > 0 ? $"; {left:#,0} of them have not ended yet" : "");
        return Tell(json, runs.Length - running.Count, running.Count, left, text);
    }

    // By job id, one call for all; never by a user's name.
    private async Task EndOnSlurmAsync(TrackedRun[] runs)
    {
        if (runs.Length == 0)
            return;
        if (SlurmSite.Find(with) is not { } site)
        {
            with.Terminal.Complain(
                $"There is no 'scancel' on this machine: {DecisionText.Count(runs.Length, "run")} of these may still be in Slurm's queue. Cancel again where there is one."
            );
            return;
        }
        using var index = with.OpenIndex(project);
        var dispatching = new Dispatching(with, project, site);
        foreach (var experiment in runs.GroupBy(run => run.Experiment))
        {
            if (await dispatching.TakeBackAsync(experiment, Dispatching.JobsOf(index, experiment.Key)) is { } trouble)
                with.Terminal.Complain(trouble);
            if (index.Runs(experiment.Key).All(run => run.History.State is not RunState.Pending))
                await new SentinelPost(with, project, site).RemoveAsync(experiment.Key);
        }
    }

    // Programs may take some time to save; after their grace they are killed.
    private async Task<int> WaitAsync(HashSet<RunId> running)
    {
        using var timer = new PeriodicTimer(Interval, with.Time);
        var began = with.Time.GetTimestamp();
        var journal = new JournalFolder(project.Journal);
        var ledger = new RunLedger();
        while (true)
        {
            ledger.Add(journal.ReadNew().Events);
            var left = running.Count(run => ledger[run].State is RunState.Running);
            if (left == 0 || with.Time.GetElapsedTime(began) > Patience)
                return left;
            await timer.WaitForNextTickAsync();
        }
    }

    private int Tell(bool json, int pending, int running, int left, string text)
    {
        if (json)
            JsonOutput.Print(
                with.Terminal,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("cancelled", pending + running);
                    writer.WriteNumber("pending", pending);
                    writer.WriteNumber("running", running);
                    writer.WriteNumber("not_ended", left);
                    writer.WriteEndObject();
                }
            );
        else
            with.Terminal.Line(text);
        return left > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }
}
