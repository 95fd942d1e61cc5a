using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Problems;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow retry</c>: runs again what failed, with the file and the code as they are now.</summary>
internal sealed class RetryCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var targets = new Argument<string[]>("experiment|file|run")
        {
            Description =
                "An experiment's name or file, or runs of one experiment by the first digits of their ids or their Slurm jobs ('123_4').",
            Arity = ArgumentArity.OneOrMore,
        };
        var holes = new Option<bool>("--holes")
        {
            Description =
                "Also what is done but not good, and what was never submitted: every hole that 'verify' finds but older code.",
        };
        var failed = new Option<bool>("--failed")
        {
            Description = "What failed or was cancelled. This is the default.",
        };
        var older = new Option<bool>("--older") { Description = "Also what is done with older code." };
        var where = new Option<string?>("--where") { Description = "Only runs like this: 'lr == 0.1 and seed < 3'." };
        var detach = new Option<bool>("--detach") { Description = "Don't wait: the runs go on in the background." };
        var json = SharedOptions.Json();
        var command = new Command(
            "retry",
            "Run again what failed or was cancelled, with the experiment file and the code as they are now.\n\nExample: expflow retry digits --where 'lr == 0.1'"
        )
        {
            targets,
            holes,
            failed,
            older,
            where,
            detach,
            json,
        };
        input.AddOptionsTo(command);
        command.SetAction(
            async (parsed, _) =>
                await new RetryCommand(with).RunAsync(
                    input,
                    parsed,
                    parsed.GetValue(targets)!,
                    new(
                        parsed.GetValue(holes),
                        parsed.GetValue(failed),
                        parsed.GetValue(older),
                        parsed.GetValue(where),
                        parsed.GetValue(detach),
                        parsed.GetValue(json)
                    )
                )
        );
        return command;
    }

    private sealed record Choices(bool Holes, bool Failed, bool Older, string? Where, bool Detach, bool Json);

    private async Task<int> RunAsync(ExperimentInput input, ParseResult parsed, string[] words, Choices choices)
    {
        if (choices is { Holes: true, Failed: true })
            return with.Terminal.Fail(new Problem("'--failed' and '--holes' exclude each other. Give one of them."));
        var named = new RetryTargets(with).Find(input, parsed, words);
        if (!named.TryGet(out var target))
            return with.Terminal.Fail(named.Problems);
        RetryChoice choice;
        using (var index = with.OpenIndex(target.Planned.Project))
        {
            var wanted = Wanted(index, target, choices);
            if (!wanted.TryGet(out var runs))
                return with.Terminal.Fail(wanted.Problems);
            var never = choices is { Holes: true, Where: null } && target.Runs is null;
            choice = new(target.Planned.Plan, index.Runs(target.Experiment), runs, never);
        }
        if (choices.Json)
            return await Again(target, choice, choices);
        new RetryScreen(with.Terminal).Show(target.Planned.Experiment.File, choice);
        with.Terminal.Flush();
        return choice.Count == 0 ? ExitCode.Done : await Again(target, choice, choices);
    }

    private async Task<int> Again(RetryTargets.Target target, RetryChoice choice, Choices choices)
    {
        var planned = target.Planned with { Plan = choice.Plan };
        if (PoolOf(target) is { } pool)
            return await new PoolSubmitting(with, planned, pool).RunAsync(
                (run, _) => choice.Has(run.Id),
                new(DryRun: false, Priority: null, choices.Json)
            );
        if (ExecutorOf(target) == Executor.Local)
            return await new RunCommand(with).RunAsync(
                planned,
                (run, _) => choice.Has(run.Id),
                new(choices.Detach, choices.Json)
            );
        if (SlurmSite.Find(with) is not { } site)
            return with.Terminal.Fail(
                new Problem(
                    $"'{target.Experiment}' runs on Slurm, and there is no 'sbatch' on this machine. Retry where there is one, or run it here: 'expflow run {target.Planned.Experiment.File}'."
                )
            );
        var code = await new SlurmSubmitting(with, site, planned).RunAsync(
            (run, _) => choice.Has(run.Id),
            new(DryRun: false, Yes: false, Recover: false, choices.Json)
        );
        if (code == ExitCode.Done)
            await TakeReplacedOutAsync(target, choice, site);
        return code;
    }

    // They wait for runs that nobody wants any more, and would wait for ever.
    private async Task TakeReplacedOutAsync(RetryTargets.Target target, RetryChoice choice, SlurmSite site)
    {
        var waiting = choice
            .Replaced.Select(replaced => replaced.Before)
            .Where(run => run is { IsPlaced: true, History.State: RunState.Pending })
            .ToList();
        if (waiting.Count == 0)
            return;
        var project = target.Planned.Project;
        using (var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time))
            journal.Append(
                waiting.Select(run => new JournalEvent.Cancelled
                {
                    At = with.Time.GetUtcNow(),
                    Run = run.Run.Id,
                    Turn = run.History.Turn + 1,
                })
            );
        using var index = with.OpenIndex(project);
        var jobs = Dispatching.JobsOf(index, target.Experiment);
        if (await new Dispatching(with, project, site).TakeBackAsync(waiting, jobs) is { } trouble)
            with.Terminal.Complain(trouble);
    }

    private PoolFolder? PoolOf(RetryTargets.Target target)
    {
        using var index = with.OpenIndex(target.Planned.Project);
        return index.PoolOf(index.Submissions(target.Experiment)[^1]) is { } name
            ? new PoolFolder(target.Planned.Project, name)
            : null;
    }

    // Whatever carried it out the last time does so again.
    private Executor ExecutorOf(RetryTargets.Target target)
    {
        using var index = with.OpenIndex(target.Planned.Project);
        return index.ExecutorOf(index.Submissions(target.Experiment)[^1]);
    }

    private static Checked<TrackedRun[]> Wanted(RunIndex index, RetryTargets.Target target, Choices choices)
    {
        var age = new CodeAge(target.Planned.Project, index, target.Experiment);
        // Runs that the experiment gave up before are retried when they are named, not otherwise.
        var all = target.Runs is null
            ? [.. new StatusReading(target.Planned.Project, index).All(target.Experiment).Select(one => one.Run)]
            : index.Runs(target.Experiment);
        var planned = target.Planned.Plan.Runs.Select(run => run.Id).ToHashSet();
        var outputs = new DeclaredOutputs(target.Planned.Project);
        var stages = target.Planned.Plan.Selection.Stages;
        var wanted = all.Where(run => target.Runs?.Contains(run.Run.Id) is not false)
            .Where(run => stages?.Contains(run.Run.Stage) is not false)
            .Where(run =>
                run.History.State switch
                {
                    RunState.Failed or RunState.Cancelled => true,
                    // It waits for something that failed; when that gets a new identity, so does this.
                    RunState.Pending => !planned.Contains(run.Run.Id),
                    RunState.Done done => (
                        choices.Holes && (done.Attempt.Flags.Count > 0 || outputs.Missing(run).Count > 0)
                    ) || (choices.Older && age.IsOlder(run)),
                    _ => false,
                }
            )
            .ToList();
        return RunFilter.Where(wanted, choices.Where, Targets.RowOf);
    }
}
