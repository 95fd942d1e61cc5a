using System.CommandLine;
using Expflow.Advice;
using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow advise</c>: from what finished runs took to what the next ones should ask for.</summary>
internal sealed class AdviseCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var target = new Argument<string?>("experiment|submission")
        {
            Description =
                "The experiment's name, or its file; or the first digits of a submission's id, for what that one used.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "experiment|submission",
        };
        var apply = new Option<bool>("--apply")
        {
            Description =
                "Write the advice into the experiment's file: changes nothing else in it, and shows the changes.",
        };
        var efficiency = new Option<bool>("--efficiency")
        {
            Description = "Show what was asked for against what was used, instead of what to ask for.",
        };
        var json = SharedOptions.Json();
        var command = new Command(
            "advise",
            "From what finished runs took, tell what the next ones should ask for, and what that saves.\n\nExample: expflow advise kd-gat --apply"
        )
        {
            target,
            apply,
            efficiency,
            json,
        };
        var input = new ExperimentInput();
        command.SetAction(
            (parsed, _) =>
                new AdviseCommand(with).RunAsync(
                    parsed.GetValue(target),
                    file => input.Plan(with, parsed, file, Overrides.None),
                    new(parsed.GetValue(apply), parsed.GetValue(efficiency), parsed.GetValue(json))
                )
        );
        return command;
    }

    private sealed record Choices(bool Apply, bool Efficiency, bool Json);

    private async Task<int> RunAsync(string? word, Func<string, Checked<ExperimentInput.Planned>> plan, Choices choices)
    {
        var found = with.FindProject();
        if (!found.TryGet(out var project))
            return with.Terminal.Fail(found.Problems);
        using var index = with.OpenIndex(project);
        var chosen = AdviceTarget.Of(index, word);
        if (!chosen.TryGet(out var target))
            return with.Terminal.Fail(chosen.Problems);
        if (choices.Apply && (choices.Efficiency || target.Submission is not null))
            return with.Terminal.Fail(
                new Problem(
                    "'--apply' writes advice on an experiment. Give the experiment's name, without '--efficiency'."
                )
            );
        // How jobs ended whose agents could not say so, and what they held, the accounting may know.
        using (var slurm = new SlurmReading(with, project, index))
            await slurm.LookAsync([target.Experiment]);
        var read = AdviceReading.Read(with, project, index, target.Experiment, plan);
        if (!read.TryGet(out var reading))
            return with.Terminal.Fail(read.Problems);
        return choices.Efficiency || target.Submission is not null
            ? ShowEfficiency(reading, target, choices.Json)
            : await AdviseAsync(reading, plan, choices);
    }

    private int ShowEfficiency(AdviceReading reading, AdviceTarget target, bool json)
    {
        AttemptUse[] attempts =
        [
            .. reading.Attempts.Where(use => target.Submission is null || use.Submission == target.Submission),
        ];
        var stages = StageEfficiency.Of(attempts.Select(use => use.Stage).Distinct(), attempts);
        if (json)
            EfficiencyScreen.PrintJson(with.Terminal, target, stages);
        else
            new EfficiencyScreen(with.Terminal).Show(target, stages);
        return ExitCode.Done;
    }

    private async Task<int> AdviseAsync(
        AdviceReading reading,
        Func<string, Checked<ExperimentInput.Planned>> plan,
        Choices choices
    )
    {
        var adviser = new Adviser(reading.Attempts, reading.Wanted);
        StageAdvice[] stages = [.. reading.Definition.Stages.Select(adviser.For)];
        var advice = new AdvisedExperiment(reading, stages, reading.Warnings(), await PlacesAsync(stages));
        AppliedAdvice? applied = null;
        if (choices.Apply)
        {
            var written = new AdviceFile(with, plan).Write(advice);
            if (!written.TryGet(out applied))
                return with.Terminal.Fail(written.Problems);
        }
        if (choices.Json)
            AdviceJson.Print(with.Terminal, advice, applied, with.Time.GetUtcNow());
        else
            new AdviceScreen(with.Terminal, with.Time.GetUtcNow()).Show(advice, applied);
        return applied is { Refused.Count: > 0 } ? ExitCode.Incomplete : ExitCode.Done;
    }

    // Advice stands without Slurm too; then nothing is said of partitions.
    private async Task<Checked<AdvicePlaces>> PlacesAsync(IReadOnlyList<StageAdvice> stages) =>
        SlurmSite.Find(with) is { } site && await site.IsClusterAsync()
            ? await AdvicePlaces.AskAsync(with, stages)
            : new Problem("There is no Slurm here: partitions and expected starts are left out.");
}
