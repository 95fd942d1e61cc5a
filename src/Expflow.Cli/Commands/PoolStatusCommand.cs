using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Projects;
using Expflow.Queues;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow pool status</c>: allocations, workers and what they do, the queue, and how long it will take.</summary>
internal sealed class PoolStatusCommand(Composition with, ProjectFolder project)
{
    public static Command Create(Composition with)
    {
        var name = PoolCommand.Name(with, "The pool's name; all of them when left out.");
        var json = SharedOptions.Json();
        var command = new Command(
            "status",
            "Show allocations, workers and what each does now, the queue, throughput, and how long it will take.\n\nExample: expflow pool status"
        )
        {
            name,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                return found.TryGet(out var project)
                    ? await new PoolStatusCommand(with, project).RunAsync(parsed.GetValue(name), parsed.GetValue(json))
                    : with.Terminal.Fail(found.Problems);
            }
        );
        return command;
    }

    private async Task<int> RunAsync(string? name, bool json)
    {
        IReadOnlyList<PoolFolder> pools = PoolFolder.All(project);
        if (name is not null)
        {
            var chosen = PoolCommand.FindThere(project, name);
            if (!chosen.TryGet(out var pool))
                return with.Terminal.Fail(chosen.Problems);
            pools = [pool];
        }
        using var index = with.OpenIndex(project);
        var round = new PoolRound(with, project, index);
        var sight = new PoolSight(with, index);
        var pictures = new List<PoolPicture>();
        foreach (var pool in pools)
        {
            await round.RunAsync(pool);
            pictures.Add(await sight.LookAsync(pool));
        }
        if (json)
            PoolStatusJson.Print(with.Terminal, pictures);
        else if (pictures.Count == 0)
            with.Terminal.Line("This project has no pool yet: 'expflow pool start' makes one.");
        else
            foreach (var picture in pictures)
                new PoolStatusScreen(with.Terminal).Show(picture);
        return ExitCode.Done;
    }
}
