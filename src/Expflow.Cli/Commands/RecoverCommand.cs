using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Projects;
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

    private async Task<int> RunAsync(string[] words, RecoveryRound.Choices choices)
    {
        using var index = with.OpenIndex(project);
        var chosen = Chosen(index, words);
        if (!chosen.TryGet(out var experiments))
            return with.Terminal.Fail(chosen.Problems);
        if (experiments.Length == 0 && !choices.Json)
            with.Terminal.Line("Nothing has been submitted in this project.");
        var round = new RecoveryRound(with, project);
        var done = new List<RecoveryRound.Done>();
        foreach (var experiment in experiments)
        {
            var one = await round.RunAsync(index, experiment, choices);
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
}
