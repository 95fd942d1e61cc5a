using System.CommandLine;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow submit</c>: hands an experiment to Slurm, or to this machine's background where there is none.</summary>
internal static class SubmitCommand
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var fresh = new Option<bool>("--fresh") { Description = "Run everything again, also what is done." };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Show the exact scripts and calls. Writes nothing, sends nothing.",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask, however much it is." };
        var local = new Option<bool>("--local")
        {
            Description = "On this machine, in the background, also where there is Slurm.",
        };
        var recover = new Option<bool>("--recover")
        {
            Description = "Leave a tiny job behind that does what 'expflow recover' does whenever an array has ended.",
        };
        var json = SharedOptions.Json();
        var command = new Command(
            "submit",
            "Submit an experiment to Slurm and don't wait. Where there is no Slurm, its runs go on in the background of this machine.\n\nExample: expflow submit kd-gat.yaml --pipeline teacher"
        );
        input.AddTo(command);
        foreach (var option in (Option[])[fresh, dryRun, recover, yes, local, json])
            command.Add(option);
        command.SetAction(
            async (parsed, _) =>
            {
                var site = parsed.GetValue(local) ? null : SlurmSite.Find(with);
                // Slurm answers while the file is read and planned.
                site?.AskEarly();
                var planned = input.Plan(with, parsed);
                if (!planned.TryGet(out var plan))
                    return with.Terminal.Fail(planned.Problems);
                var again = parsed.GetValue(fresh);
                if (site is not null)
                    return await new SlurmSubmitting(with, site, plan).RunAsync(
                        (_, _) => again,
                        new(
                            parsed.GetValue(dryRun),
                            parsed.GetValue(yes),
                            parsed.GetValue(recover),
                            parsed.GetValue(json)
                        )
                    );
                return parsed.GetValue(dryRun)
                    ? with.Terminal.Fail(
                        new Problems.Problem(
                            "There is no Slurm here to show calls for: 'sbatch' was not found. 'expflow plan FILE' shows the runs."
                        )
                    )
                    : await new RunCommand(with).RunAsync(plan, (_, _) => again, new(true, parsed.GetValue(json)));
            }
        );
        return command;
    }
}
