using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>The runs that submissions have asked for, and what it takes to start each.</summary>
/// <param name="setup">The agent's setup.</param>
public sealed class RunOrders(AgentSetup setup)
{
    private readonly Dictionary<RunId, RunOrder> orders = [];
    private readonly Dictionary<RunId, RunOrder> latest = [];

    /// <summary>The order for a run; null when no readable manifest names it.</summary>
    public RunOrder? Find(RunId run) => orders.GetValueOrDefault(run);

    /// <summary>Takes the manifest of a submission in; the runs that it names, or none when it can't be read.</summary>
    public IReadOnlyList<RunOrder> Add(JournalEvent.Submitted submitted)
    {
        var manifest = ManifestFile.Read(setup.Project.Manifests, submitted.Submission);
        if (manifest is null || setup.ReadExperiment(manifest.Header.Resolved) is not { } experiment)
        {
            setup.Log($"The manifest of submission '{submitted.Submission}' can't be read; its runs are left alone.");
            return [];
        }
        var stages = experiment.Stages.ToDictionary(stage => stage.Name, StringComparer.Ordinal);
        var added = new List<RunOrder>(manifest.Runs.Count);
        foreach (var run in manifest.Runs)
        {
            var order = OrderOf(manifest, experiment, stages[run.Stage], run);
            // What is queued can't change: a later submission doesn't put its code under a run that waits for an earlier one.
            orders.TryAdd(run.Id, order);
            latest[run.Id] = order;
            added.Add(orders[run.Id]);
        }
        return added;
    }

    /// <summary>Another executor carries the runs of this submission out from now on.</summary>
    public IReadOnlyList<RunId> Forget(JournalEvent.Submitted submitted)
    {
        var manifest = ManifestFile.Read(setup.Project.Manifests, submitted.Submission);
        RunId[] runs = [.. (manifest?.Runs ?? []).Select(run => run.Id)];
        foreach (var run in runs)
        {
            orders.Remove(run);
            latest.Remove(run);
        }
        return runs;
    }

    /// <summary>The user wants a run again: from now on the latest submission that names it counts.</summary>
    public RunOrder? Renew(RunId run)
    {
        if (!latest.TryGetValue(run, out var order))
            return null;
        return orders[run] = order;
    }

    /// <summary>The order with what recovery has changed of its resources.</summary>
    public RunOrder With(RunOrder order, JournalEvent.Requeued? requeued)
    {
        if (requeued is null)
            return order;
        var changed = order with
        {
            Memory = requeued.Memory ?? order.Memory,
            Walltime = requeued.Walltime is { } seconds ? TimeSpan.FromSeconds(seconds) : order.Walltime,
        };
        orders[order.Run.Id] = changed;
        return changed;
    }

    private RunOrder OrderOf(Manifest manifest, Experiment experiment, Stage stage, ManifestRun run) =>
        new(
            run,
            manifest.Header.Submission,
            experiment,
            stage,
            manifest.Header.Code,
            stageName => Upstream(run, stageName)
        );

    // Looked up when the run starts, by when all that it needs is known and done.
    private List<string> Upstream(ManifestRun run, string stage)
    {
        var folders = new List<string>();
        var seen = new HashSet<RunId>();
        Collect(run, stage, seen, folders);
        return folders;
    }

    private void Collect(ManifestRun run, string stage, HashSet<RunId> seen, List<string> folders)
    {
        foreach (var need in run.Needs)
        {
            if (!seen.Add(need) || Find(need) is not { } upstream)
                continue;
            if (upstream.Run.Stage == stage)
                folders.Add(setup.FolderOf(upstream.Run));
            Collect(upstream.Run, stage, seen, folders);
        }
    }
}
