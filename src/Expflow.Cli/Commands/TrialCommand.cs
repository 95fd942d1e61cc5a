using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Problems;
using Expflow.Trials;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow trial</c>: finds out by trying how many runs may share a GPU.</summary>
internal sealed class TrialCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var local = new Option<bool>("--local") { Description = "On this machine, also where there is Slurm." };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Show what would be tried, and the scripts. Writes nothing, sends nothing.",
        };
        var detach = new Option<bool>("--detach") { Description = "Don't wait for Slurm's jobs." };
        var show = new Option<bool>("--show") { Description = "Show what the newest trial has found. Runs nothing." };
        var json = SharedOptions.Json();
        var command = new Command(
            "trial",
            "Try out how many runs may share a GPU: a few runs of each variant, 1, 2 and 3 at a time, held against the criteria of the file.\n\nExample: expflow trial digits.yaml"
        );
        input.AddTo(command);
        foreach (var option in (Option[])[local, dryRun, detach, show, json])
            command.Add(option);
        command.SetAction(
            async (parsed, stop) =>
            {
                var planned = input.Plan(with, parsed);
                return planned.TryGet(out var plan)
                    ? await new TrialCommand(with).RunAsync(
                        plan,
                        parsed.GetValue(show),
                        new(
                            parsed.GetValue(local),
                            parsed.GetValue(dryRun),
                            parsed.GetValue(detach),
                            parsed.GetValue(json)
                        ),
                        stop
                    )
                    : with.Terminal.Fail(planned.Problems);
            }
        );
        return command;
    }

    /// <summary>What the user chose.</summary>
    public sealed record Choices(bool Local, bool DryRun, bool Detach, bool Json);

    private async Task<int> RunAsync(
        ExperimentInput.Planned planned,
        bool show,
        Choices choices,
        CancellationToken stop
    )
    {
        var screen = new TrialScreen(choices.Json ? with.Terminal.Muted() : with.Terminal);
        if (!show)
            return await new TrialStart(with, planned, screen).RunAsync(choices, stop);
        if (
            TrialFolder.Newest(planned.Project, planned.Experiment.Name) is not { } folder
            || folder.Read() is not { } found
        )
            return with.Terminal.Fail(
                new Problem(
                    $"'{planned.Experiment.Name}' has not been tried yet. 'expflow trial {planned.Experiment.File}' does it."
                )
            );
        return TrialEnding.Show(with.Terminal, screen, folder, found, planned.Experiment.Trial, choices.Json);
    }
}
