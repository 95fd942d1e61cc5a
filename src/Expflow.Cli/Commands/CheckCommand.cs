using System.CommandLine;
using Expflow.Cli.Screens;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow check</c>: every problem of an experiment file at once, or that it is fine.</summary>
internal sealed class CheckCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var origin = new Option<bool>("--origin")
        {
            Description =
                "Show every effective value and where it came from: a file's line, expflow.yaml, an environment variable, an option.",
        };
        var json = SharedOptions.Json();
        var command = new Command(
            "check",
            "Tell every problem of an experiment file, with line and column.\n\nExample: expflow check digits.yaml --set lr=0.1 --origin"
        );
        input.AddTo(command);
        command.Add(origin);
        command.Add(json);
        command.SetAction(parsed =>
            new CheckCommand(with).Run(input, parsed, parsed.GetValue(origin), parsed.GetValue(json))
        );
        return command;
    }

    private int Run(ExperimentInput input, ParseResult parsed, bool origin, bool json)
    {
        var planned = input.Plan(with, parsed, anywhere: true);
        var isFine = planned.TryGet(out var plan);
        var warnings = plan is null ? [] : ExperimentWarnings.Of(plan);
        if (json)
        {
            CheckJson.Print(with.Terminal, plan, planned.Problems, warnings, origin);
            return isFine ? ExitCode.Done : ExitCode.BadInput;
        }
        if (plan is null)
            return with.Terminal.Fail(planned.Problems);
        foreach (var warning in warnings)
            with.Terminal.Warn(warning.ToString());
        if (origin)
            CheckScreen.ShowOrigins(with.Terminal, plan.Experiment);
        else
            CheckScreen.ShowFine(with.Terminal, plan);
        return ExitCode.Done;
    }
}
