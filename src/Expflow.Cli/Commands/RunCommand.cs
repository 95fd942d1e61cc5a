using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Planning;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow run</c>: submits an experiment, follows it, and ends with its results.</summary>
internal sealed class RunCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var detach = new Option<bool>("--detach")
        {
            Description = "Don't wait: the runs go on in the background, also after log-out.",
        };
        var fresh = new Option<bool>("--fresh") { Description = "Run everything again, also what is done." };
        var json = SharedOptions.Json();
        var command = new Command(
            "run",
            "Bring all runs of an experiment to an end on this machine.\n\nExample: expflow run digits.yaml --set epochs=5"
        );
        input.AddTo(command);
        command.Add(detach);
        command.Add(fresh);
        command.Add(json);
        command.SetAction(
            async (parsed, _) =>
            {
                var planned = input.Plan(with, parsed);
                var isFresh = parsed.GetValue(fresh);
                return planned.TryGet(out var plan)
                    ? await new RunCommand(with).RunAsync(
                        plan,
                        (_, _) => isFresh,
                        new(parsed.GetValue(detach), parsed.GetValue(json))
                    )
                    : with.Terminal.Fail(planned.Problems);
            }
        );
        return command;
    }

    /// <summary>What the user chose.</summary>
    public sealed record Choices(bool Detach, bool Json);

    /// <summary>Submits a plan and follows it to its end, or leaves it to its agent.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="again">Which runs that have ended are to be run again.</param>
    /// <param name="choices">What the user chose.</param>
    public async Task<int> RunAsync(
        ExperimentInput.Planned planned,
        Func<PlannedRun, RunHistory, bool> again,
        Choices choices
    )
    {
        if (PoolHolds.WhyNot(with, planned) is { } held)
            return with.Terminal.Fail(held);
        var submitted = await new Submitting(with).SubmitAsync(planned, again);
        if (!submitted.TryGet(out var result))
            return with.Terminal.Fail(submitted.Problems);
        if (!choices.Json)
            with.Terminal.Line(DecisionText.Of(result.Decision));
        with.Terminal.Flush();
        var following = new Following(with, planned.Project);
        if (choices.Detach)
            return await DetachAsync(following, planned, result, choices.Json);
        if (result.Decision.AddsSomething || result.Decision.Underway.Count > 0)
        {
            var early = await FollowAsync(following, planned, choices.Json);
            if (early is { } code)
                return code;
        }
        return new Ending(with, planned.Project).Show(planned.Experiment.Name, choices.Json);
    }

    private async Task<int?> FollowAsync(Following following, ExperimentInput.Planned planned, bool quiet)
    {
        var progress = new RunProgress(
            planned.Plan.Runs.Select(run => (run.Id, run.Stage.Name, (IReadOnlyList<RunId>)run.Needs))
        );
        var screen = new ProgressScreen(quiet ? with.Terminal.Muted() : with.Terminal, with.Time);
        switch (await following.FollowAsync(progress, screen))
        {
            case Following.End.Interrupted:
                with.Terminal.Complain($"Interrupted. 'expflow run {planned.Experiment.File}' goes on from here.");
                return ExitCode.Interrupted;
            case Following.End.NoAgent(var reason):
                with.Terminal.Complain($"The local agent doesn't stay at work: {reason}");
                return ExitCode.Incomplete;
            default:
                screen.Finish(progress);
                return null;
        }
    }

    private async Task<int> DetachAsync(
        Following following,
        ExperimentInput.Planned planned,
        Submitting.Result result,
        bool json
    )
    {
        if (await following.EnsureAgentAsync() is { } reason)
        {
            with.Terminal.Complain($"The local agent can't be started: {reason}");
            return ExitCode.Incomplete;
        }
        if (json)
            DecisionJson.Print(with.Terminal, planned.Experiment.Name, result.Submission, result.Decision);
        else
            with.Terminal.Line(
                $"They go on in the background. 'expflow watch {planned.Experiment.Name}' shows how far they are."
            );
        return ExitCode.Done;
    }
}
