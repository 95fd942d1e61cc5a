using System.CommandLine;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow submit</c>: <c>run --detach</c>.</summary>
internal static class SubmitCommand
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var fresh = new Option<bool>("--fresh") { Description = "Run everything again, also what is done." };
        var json = SharedOptions.Json();
        var command = new Command(
            "submit",
            "Submit an experiment and don't wait: its runs go on in the background, also after log-out. They run on this machine; Slurm is on the roadmap.\n\nExample: expflow submit digits.yaml"
        );
        input.AddTo(command);
        command.Add(fresh);
        command.Add(json);
        command.SetAction(
            async (parsed, _) =>
            {
                var planned = input.Plan(with, parsed);
                var again = parsed.GetValue(fresh);
                return planned.TryGet(out var plan)
                    ? await new RunCommand(with).RunAsync(plan, (_, _) => again, new(true, parsed.GetValue(json)))
                    : with.Terminal.Fail(planned.Problems);
            }
        );
        return command;
    }
}
