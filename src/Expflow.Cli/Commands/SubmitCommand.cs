using System.CommandLine;
using Expflow.Experiments;
using Expflow.Problems;
using Expflow.Queues;

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
        var pool = new Option<string?>("--pool")
        {
            Description = "Into the queue of this pool, whose workers take the runs from it.",
            HelpName = "name",
        };
        pool.CompletionSources.Add(_ => PoolCommand.Known(with));
        var priority = new Option<int?>("--priority")
        {
            Description = "In a pool: 0 to 1000; runs of higher priority are taken first. 100 where nothing is said.",
        };
        var json = SharedOptions.Json();
        var command = new Command(
            "submit",
            "Submit an experiment to Slurm and don't wait. Where there is no Slurm, its runs go on in the background of this machine.\n\nExample: expflow submit kd-gat.yaml --pipeline teacher"
        );
        input.AddTo(command);
        foreach (var option in (Option[])[fresh, dryRun, recover, yes, local, pool, priority, json])
            command.Add(option);
        command.SetAction(
            (parsed, _) =>
                new SubmitCommand(with).RunAsync(
                    input,
                    parsed,
                    parsed.GetValue(fresh),
                    new(parsed.GetValue(local), parsed.GetValue(pool), parsed.GetValue(priority)),
                    new(parsed.GetValue(dryRun), parsed.GetValue(yes), parsed.GetValue(recover), parsed.GetValue(json))
                )
        );
        return command;
    }

    /// <summary>Where to.</summary>
    private sealed record Place(bool Local, string? Pool, int? Priority);

    private async Task<int> RunAsync(
        ExperimentInput input,
        ParseResult parsed,
        bool fresh,
        Place place,
        SlurmSubmitting.Choices choices
    )
    {
        if (WhyNot(place) is { } wrong)
            return with.Terminal.Fail(wrong);
        var site = place.Local ? null : SlurmSite.Find(with);
        // Slurm answers while the file is read and planned.
        if (place.Pool is null)
            site?.AskEarly();
        var planned = input.Plan(with, parsed);
        if (!planned.TryGet(out var plan))
            return with.Terminal.Fail(planned.Problems);
        if (place.Pool is not null || (!place.Local && plan.Experiment.Executor == ExperimentExecutor.Pool))
            return await ToPoolAsync(plan, fresh, place, choices);
        if (PoolHolds.WhyNot(with, plan) is { } held)
            return with.Terminal.Fail(held);
        if (plan.Experiment.Executor == ExperimentExecutor.Local)
            site = null;
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

    private async Task<int> ToPoolAsync(
        ExperimentInput.Planned planned,
        bool fresh,
        Place place,
        SlurmSubmitting.Choices choices
    )
    {
        if (choices.Recover)
            return with.Terminal.Fail(
                new Problem(
                    "'--recover' leaves a job in Slurm's queue that recovers what fails; the agents of a pool do that themselves. Leave it out."
                )
            );
        var found = PoolCommand.Find(planned.Project, place.Pool ?? planned.Experiment.Pool.Name);
        if (!found.TryGet(out var pool))
            return with.Terminal.Fail(found.Problems);
        return await new PoolSubmitting(with, planned, pool).RunAsync(
            (_, _) => fresh,
            new(choices.DryRun, place.Priority, choices.Json, await StartingAsync(planned, pool))
        );
    }

    // The file may ask for allocations of its own pool; of another that is named here it says nothing.
    private async Task<PoolStarting?> StartingAsync(ExperimentInput.Planned planned, PoolFolder pool)
    {
        if (
            planned.Experiment is not { Executor: ExperimentExecutor.Pool, Pool: { Allocations: > 0, Name: var own } }
            || own != pool.Name.ToString()
            || SlurmSite.Find(with) is not { } site
            || !await site.IsClusterAsync()
        )
            return null;
        site.AskEarly();
        return new(with, site, pool);
    }

    private static Problem? WhyNot(Place place) =>
        place is { Local: true, Pool: not null } ? new("'--local' and '--pool' exclude each other. Give one of them.")
        : place.Priority is < 0 or > 1000 ? new($"'--priority' takes 0 to 1000; this is {place.Priority}.")
        : null;

    private static string WhyNot(SlurmSite? site) =>
        site is null ? "'sbatch' was not found" : "'sbatch' is installed, but finds no cluster (no slurm.conf)";
}
