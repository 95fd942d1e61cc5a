using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Problems;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow pool start</c>: asks Slurm for the allocations of a pool.</summary>
internal sealed class PoolStartCommand(Composition with, ProjectFolder project)
{
    // The option, the key of 'pool' that it says, and what it does.
    private static readonly (string Option, string Key, string Description)[] Keys =
    [
        (
            "--allocations",
            "allocations",
            "How many allocations the pool is to have, each a job of its own: 4. 1 when left out."
        ),
        ("--gres", "gres", "GPUs and other resources of each: gpu:rtx8000:8."),
        ("--workers-per-gpu", "workers_per_gpu", "Runs at once on one GPU: 2."),
        ("--workers", "workers", "Runs at once in each allocation."),
        ("--max-hours", "max_hours", "How many hours each may last: 11."),
        ("--cpus", "cpus", "CPU cores of each. One for each worker when left out."),
        ("--memory", "memory", "Memory of each: 96G."),
        ("--partition", "partition", "The Slurm partition."),
        ("--account", "account", "The Slurm account."),
        ("--qos", "qos", "The Slurm quality of service."),
        ("--constraint", "constraint", "Node features, as for sbatch --constraint."),
        ("--exclude", "exclude", "Nodes to avoid: 'node[1-3]'."),
        ("--idle", "idle", "How long one with nothing to do stays: 5m when left out, 0 for not at all."),
        ("--stagger", "stagger", "How much later than the one before it each begins: 30s."),
        ("--array-throttle", "throttle", "At most so many of them at once."),
    ];

    public static Command Create(Composition with)
    {
        var name = PoolCommand.Name(with);
        var options = Keys.Select(key =>
                (key.Key, Option: new Option<string?>(key.Option) { Description = key.Description })
            )
            .ToList();
        var mps = new Option<bool>("--mps")
        {
            Description = "Run NVIDIA's MPS in each, so that runs share a GPU better.",
        };
        var add = new Option<bool>("--add") { Description = "So many more, whatever the pool has already." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the exact script and call. Starts nothing." };
        var json = SharedOptions.Json();
        var command = new Command(
            "start",
            "See to it that a pool has so many allocations, and open it when it was drained or stopped. What is left out is as 'pool' in expflow.yaml says.\n\nExample: expflow pool start --allocations 4 --gres gpu:rtx8000:8 --workers-per-gpu 2 --max-hours 11 --stagger 30s"
        )
        {
            name,
        };
        foreach (var (_, option) in options)
            command.Add(option);
        foreach (var option in (Option[])[mps, add, dryRun, json])
            command.Add(option);
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                if (!found.TryGet(out var project))
                    return with.Terminal.Fail(found.Problems);
                var said = options
                    .Select(one => (one.Key, one.Option.Name, Value: parsed.GetValue(one.Option)))
                    .Where(one => one.Value is not null)
                    .Select(one => (one.Key, $"{one.Name} {one.Value}", one.Value!))
                    .ToList();
                if (parsed.GetValue(mps))
                    said.Add(("mps", "--mps", "true"));
                if (parsed.GetValue(name) is { } wanted)
                    said.Add(("name", "name", wanted));
                return await new PoolStartCommand(with, project).RunAsync(
                    said,
                    new(parsed.GetValue(add), parsed.GetValue(dryRun)),
                    parsed.GetValue(json)
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(
        IReadOnlyList<(string Key, string Option, string Value)> said,
        PoolStarting.Choices choices,
        bool json
    )
    {
        var defaults = ProjectDefaults.Read(project.File, ProjectFolder.FileName);
        if (!defaults.TryGet(out var own))
            return with.Terminal.Fail(defaults.Problems);
        var read = own.Pool(said);
        if (!read.TryGet(out var settings))
            return with.Terminal.Fail(read.Problems);
        var found = PoolCommand.Find(project, settings.Name);
        if (!found.TryGet(out var pool))
            return with.Terminal.Fail(found.Problems);
        if (SlurmSite.Find(with) is not { } site || !await site.IsClusterAsync())
            return with.Terminal.Fail(
                new Problem(
                    "There is no Slurm here to start allocations of a pool on: 'sbatch' was not found, or finds no cluster. 'expflow run FILE' carries out runs on this machine."
                )
            );
        var started = await new PoolStarting(with, site, pool).StartAsync(settings, choices);
        if (!started.TryGet(out var result))
            return with.Terminal.Fail(started.Problems);
        if (json)
            PoolStartScreen.PrintJson(with.Terminal, pool.Name, result);
        else
            PoolStartScreen.Show(with.Terminal, pool.Name, result);
        return ExitCode.Done;
    }
}
