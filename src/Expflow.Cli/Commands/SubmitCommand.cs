using System.CommandLine;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow submit</c>: hands an experiment to Slurm, or to this machine's background where there is none.</summary>
internal sealed class SubmitCommand(Composition with)
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
            (parsed, _) =>
                new SubmitCommand(with).RunAsync(
                    input,
                    parsed,
                    parsed.GetValue(fresh),
                    parsed.GetValue(local),
                    new(parsed.GetValue(dryRun), parsed.GetValue(yes), parsed.GetValue(recover), parsed.GetValue(json))
                )
        );
        return command;
    }

    private async Task<int> RunAsync(
        ExperimentInput input,
        ParseResult parsed,
        bool fresh,
        bool local,
        SlurmSubmitting.Choices choices
    )
    {
        var site = local ? null : SlurmSite.Find(with);
        // Slurm answers while the file is read and planned.
        site?.AskEarly();
        var planned = input.Plan(with, parsed);
        if (!planned.TryGet(out var plan))
            return with.Terminal.Fail(planned.Problems);
        if (site is not null && await site.IsClusterAsync())
            return await new SlurmSubmitting(with, site, plan).RunAsync((_, _) => fresh, choices);
        if (choices.DryRun)
            return with.Terminal.Fail(
                new Problem(
                    $"There is no Slurm here to show calls for: {WhyNot(site)}. 'expflow plan FILE' shows the runs."
                )
            );
        if (choices.Recover)
            return with.Terminal.Fail(
                new Problem(
                    $"'--recover' leaves a job in Slurm's queue, and there is no Slurm here: {WhyNot(site)}. 'expflow watch --recover' does it while it runs."
                )
            );
        if (site is not null)
            with.Terminal.Warn(
                $"There is no Slurm here: {WhyNot(site)}. The runs go on in the background of this machine."
            );
        return await new RunCommand(with).RunAsync(plan, (_, _) => fresh, new(true, choices.Json));
    }

    private static string WhyNot(SlurmSite? site) =>
        site is null ? "'sbatch' was not found" : "'sbatch' is installed, but finds no cluster (no slurm.conf)";
}
