using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Pools;
using Expflow.Problems;
using Expflow.Queues;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow pool drain</c> and <c>expflow pool stop</c>: no run is started any more, and nothing is lost.</summary>
internal sealed class PoolEndCommand(Composition with, PoolFolder pool)
{
    public static Command CreateDrain(Composition with) =>
        Create(
            with,
            PoolState.Draining,
            new(
                "drain",
                "Let what runs end, start nothing more, and give the allocations back. What waits stays in the queue.\n\nExample: expflow pool drain"
            )
        );

    public static Command CreateStop(Composition with) =>
        Create(
            with,
            PoolState.Stopped,
            new(
                "stop",
                "Ask what runs to save and end, put it back into the queue, and give the allocations back. Nothing is lost.\n\nExample: expflow pool stop"
            )
        );

    private static Command Create(Composition with, PoolState state, Command command)
    {
        var name = PoolCommand.Name(with);
        var json = SharedOptions.Json();
        command.Add(name);
        command.Add(json);
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                if (!found.TryGet(out var project))
                    return with.Terminal.Fail(found.Problems);
                var chosen = PoolCommand.FindThere(project, parsed.GetValue(name));
                return chosen.TryGet(out var pool)
                    ? await new PoolEndCommand(with, pool).RunAsync(state, parsed.GetValue(json))
                    : with.Terminal.Fail(chosen.Problems);
            }
        );
        return command;
    }

    private async Task<int> RunAsync(PoolState state, bool json)
    {
        var locked = await SubmitTurn.TakeAsync(with, pool.Project);
        if (!locked.TryGet(out var taken))
            return with.Terminal.Fail(locked.Problems);
        using var _ = taken;
        try
        {
            // The word first: an allocation that starts at this moment reads it, and ends.
            PoolControl.Say(pool, state);
            return await TakeBackAsync(state, json);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return with.Terminal.Fail(
                new Problem(
                    $"'{pool.Path}' can't be written: {refused.Message} Make room or ask for the right to write there, and try again."
                )
            );
        }
    }

    private async Task<int> TakeBackAsync(PoolState state, bool json)
    {
        if (SlurmSite.Find(with) is not { } site)
            return Tell(state, json, [], 0, "there is no Slurm on this machine");
        var trouble = await new PoolStarter(site.Client, pool, with.Time).SettleAsync();
        var queue = await PoolJobs.AskAsync(pool, PoolJobs.From(site.Client));
        List<JobReference> waiting = [.. queue.Live.Where(row => row.State.IsWaiting).Select(row => row.Job)];
        trouble ??= queue.Trouble;
        // By job id, one call for all; never by a name.
        if (
            waiting.Count > 0
            && await site.Client.CancelAsync(waiting) is not SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered
        )
            trouble = "'scancel' got no answer";
        return Tell(state, json, waiting, queue.Live.Count - waiting.Count, trouble);
    }

    private int Tell(PoolState state, bool json, IReadOnlyList<JobReference> cancelled, int running, string? trouble)
    {
        var contents = QueueContents.Of(pool);
        if (json)
            PoolEndScreen.PrintJson(with.Terminal, pool.Name, state, cancelled, running, contents, trouble);
        else
            PoolEndScreen.Show(with.Terminal, pool.Name, state, cancelled, running, contents);
        if (trouble is not null)
            with.Terminal.Complain(
                $"Slurm could not be asked: {trouble}. An allocation that is still to start ends by itself, since it finds the pool closed."
            );
        return trouble is null ? ExitCode.Done : ExitCode.Incomplete;
    }
}
