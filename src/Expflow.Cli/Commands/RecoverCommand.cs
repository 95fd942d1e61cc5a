using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Runs;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow recover</c>: finds out why runs are not done, and has those tried again that another try can help.</summary>
internal sealed class RecoverCommand(Composition with, ProjectFolder project)
{
    public static Command Create(Composition with)
    {
        var experiments = new Argument<string[]>("experiment")
        {
            Description = "Experiments by their whole names. All of them when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var dry = new Option<bool>("--dry-run") { Description = "Show what would be done, and do nothing." };
        var all = new Option<bool>("--all") { Description = "Also what the site cancelled, and what is held." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask." };
        // What the sentinel job of a submission calls.
        var sentinel = new Option<string?>("--sentinel") { Hidden = true };
        sentinel.AcceptOnlyFromAmong("feed", "recover");
        var json = SharedOptions.Json();
        var command = new Command(
            "recover",
            "Find out why runs are not done, and try again those that another try can help: with more memory, more time, on other nodes.\n\nExample: expflow recover kd-gat --dry-run"
        )
        {
            experiments,
            dry,
            all,
            yes,
            sentinel,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                var duty = parsed.GetValue(sentinel);
                return found.TryGet(out var project)
                    ? await new RecoverCommand(with, project).RunAsync(
                        parsed.GetValue(experiments)!,
                        new(
                            parsed.GetValue(dry),
                            parsed.GetValue(all),
                            parsed.GetValue(yes) || duty is not null,
                            duty switch
                            {
                                "feed" => SentinelDuty.Feed,
                                "recover" => SentinelDuty.Recover,
                                _ => null,
                            },
                            parsed.GetValue(json)
                        )
                    )
                    : with.Terminal.Fail(found.Problems);
            }
        );
        return command;
    }

    private sealed record Choices(bool DryRun, bool All, bool Yes, SentinelDuty? Sentinel, bool Json);

    private sealed record Done(string Experiment, RecoveryPlan Plan, string? Outcome);

    private async Task<int> RunAsync(string[] words, Choices choices)
    {
        using var index = with.OpenIndex(project);
        var chosen = Chosen(index, words);
        if (!chosen.TryGet(out var experiments))
            return with.Terminal.Fail(chosen.Problems);
        if (experiments.Length == 0 && !choices.Json)
            with.Terminal.Line("Nothing has been submitted in this project.");
        var done = new List<Done>();
        foreach (var experiment in experiments)
        {
            var one = await RecoverAsync(index, experiment, choices);
            if (!one.TryGet(out var outcome))
                return with.Terminal.Fail(one.Problems);
            done.Add(outcome);
        }
        if (choices.Json)
            RecoveryScreen.PrintJson(with.Terminal, done.Select(one => (one.Experiment, one.Plan, one.Outcome)));
        return choices.Sentinel is null && done.Exists(one => one.Plan.LeavesSomething)
            ? ExitCode.Incomplete
            : ExitCode.Done;
    }

    private static Checked<string[]> Chosen(RunIndex index, string[] words)
    {
        if (words.Length == 0)
            return SubmittedExperiments.Choose(index, null);
        var names = new List<string>();
        var problems = new List<Problem>();
        foreach (var word in words)
            if (SubmittedExperiments.ChooseOne(index, word) is var one && one.TryGet(out var name))
                names.Add(name);
            else
                problems.AddRange(one.Problems);
        return problems.Count > 0 ? Checked<string[]>.Failed(problems) : names.Distinct().ToArray();
    }

    private async Task<Checked<Done>> RecoverAsync(RunIndex index, string experiment, Choices choices)
    {
        try
        {
            return index.ExecutorOf(index.Submissions(experiment)[^1]) == Executor.Slurm
                ? await OnSlurmAsync(index, experiment, choices)
                : await HereAsync(index, experiment, choices);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem(
                $"'{project.State}' can't be written: {refused.Message} Make room or ask for the right to write there, and try again."
            );
        }
    }

    private async Task<Checked<Done>> HereAsync(RunIndex index, string experiment, Choices choices)
    {
        var recovery = new LocalRecovery(with, project);
        var plan = recovery.Plan(index, experiment, choices.All);
        Show(experiment, plan, choices);
        if (!IsWanted(plan, choices))
            return new Done(experiment, plan, null);
        return await recovery.CarryOutAsync(plan) is { } trouble
            ? new Problem(trouble)
            : new Done(experiment, plan, "the local agent sees to it");
    }

    private async Task<Checked<Done>> OnSlurmAsync(RunIndex index, string experiment, Choices choices)
    {
        if (SlurmSite.Find(with) is not { } site)
            return new Problem(
                $"'{experiment}' runs on Slurm, and there is no 'sbatch' on this machine. Recover it where there is one."
            );
        var dispatching = new Dispatching(with, project, site);
        var locked = await dispatching.LockAsync();
        if (!locked.TryGet(out var taken))
            return Checked<Done>.Failed(locked.Problems);
        using var _ = taken;
        if (!choices.DryRun && await dispatching.SettleAsync(index) is { Problems: { Count: > 0 } problems })
            return Checked<Done>.Failed(problems);
        var recovery = new SlurmRecovery(with, project, site);
        var plan = await recovery.PlanAsync(index, experiment, choices.All);
        if (choices.Sentinel == SentinelDuty.Feed)
            plan = plan.OnlySent();
        Show(experiment, plan, choices);
        var outcome = "";
        if (IsWanted(plan, choices))
        {
            var sent = await recovery.CarryOutAsync(index, experiment, plan, choices.Sentinel is not null);
            // What could not be done now, the next sentinel tries again.
            if (!sent.TryGet(out var words))
            {
                await LeaveSentinelAsync(site, index, experiment, choices);
                return Checked<Done>.Failed(sent.Problems);
            }
            outcome = words;
        }
        outcome = $"{outcome} {await LeaveSentinelAsync(site, index, experiment, choices)}".Trim();
        if (outcome.Length > 0 && !choices.Json)
            with.Terminal.Line(outcome);
        return new Done(experiment, plan, outcome.Length > 0 ? outcome : null);
    }

    private async Task<string?> LeaveSentinelAsync(
        SlurmSite site,
        RunIndex index,
        string experiment,
        Choices choices
    ) =>
        choices.Sentinel is { } duty
            ? await new SentinelRound(with, project, site).LeaveAsync(index, experiment, duty)
            : null;

    private void Show(string experiment, RecoveryPlan plan, Choices choices)
    {
        if (!choices.Json)
            new RecoveryScreen(with.Terminal).Show(experiment, plan);
    }

    private bool IsWanted(RecoveryPlan plan, Choices choices) =>
        !choices.DryRun && !plan.IsIdle && (choices.Yes || choices.Json || !with.Terminal.Interactive || Confirms());

    private bool Confirms()
    {
        with.Terminal.Out.Write("Do this? [y/N] ");
        with.Terminal.Flush();
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
