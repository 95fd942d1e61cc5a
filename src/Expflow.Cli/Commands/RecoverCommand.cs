using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Recovery;

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
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                return found.TryGet(out var project)
                    ? await new RecoverCommand(with, project).RunAsync(
                        parsed.GetValue(experiments)!,
                        new(parsed.GetValue(dry), parsed.GetValue(all), parsed.GetValue(yes), parsed.GetValue(json))
                    )
                    : with.Terminal.Fail(found.Problems);
            }
        );
        return command;
    }

    private sealed record Choices(bool DryRun, bool All, bool Yes, bool Json);

    private async Task<int> RunAsync(string[] words, Choices choices)
    {
        var plans = new List<(string Experiment, RecoveryPlan Plan)>();
        var recovery = new LocalRecovery(with, project);
        using (var index = with.OpenIndex(project))
        {
            var chosen = Chosen(index, words);
            if (!chosen.TryGet(out var experiments))
                return with.Terminal.Fail(chosen.Problems);
            foreach (var experiment in experiments)
                plans.Add((experiment, recovery.Plan(index, experiment, choices.All)));
        }
        var screen = new RecoveryScreen(choices.Json ? with.Terminal.Muted() : with.Terminal);
        foreach (var (experiment, plan) in plans)
            screen.Show(experiment, plan);
        if (plans.Count == 0)
            with.Terminal.Line("Nothing has been submitted in this project.");
        var trouble = await CarryOutAsync(recovery, plans, choices);
        if (choices.Json)
            RecoveryScreen.PrintJson(with.Terminal, plans.Select(one => (one.Experiment, one.Plan, trouble)));
        else if (trouble is not null)
            with.Terminal.Complain(trouble);
        return trouble is not null || plans.Any(one => one.Plan.LeavesSomething) ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static Checked<string[]> Chosen(Indexing.RunIndex index, string[] words)
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

    private async Task<string?> CarryOutAsync(
        LocalRecovery recovery,
        List<(string Experiment, RecoveryPlan Plan)> plans,
        Choices choices
    )
    {
        var busy = plans.Where(one => !one.Plan.IsIdle).ToList();
        if (choices.DryRun || busy.Count == 0)
            return null;
        if (!choices.Yes && !choices.Json && with.Terminal.Interactive && !Confirms())
            return "Nothing was done.";
        foreach (var (_, plan) in busy)
            if (await TryAsync(() => recovery.CarryOutAsync(plan)) is { } trouble)
                return trouble;
        return null;
    }

    private async Task<string?> TryAsync(Func<Task<string?>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"'{project.Journal}' can't be written: {refused.Message}";
        }
    }

    private bool Confirms()
    {
        with.Terminal.Out.Write("Do this? [y/N] ");
        with.Terminal.Flush();
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
