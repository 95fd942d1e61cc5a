using Expflow.Arrays;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>The runs that an agent has taken from its pool's queue and neither ended nor given back. The crew's gate guards it.</summary>
/// <param name="setup">The agent's setup.</param>
/// <param name="ledger">What has happened to these runs here.</param>
/// <param name="mostCores">The most cores that a run counts for; null for no limit.</param>
internal sealed class PoolHand(AgentSetup setup, RunLedger ledger, int? mostCores)
{
    private readonly Dictionary<RunId, Held> held = [];
    private readonly List<InHand> batches = [];
    private (string Text, Experiment? Read) experiment = ("", null);

    /// <summary>The most cores that a run counts for; null for no limit.</summary>
    public int? MostCores => mostCores;

    /// <summary>How many runs it has.</summary>
    public int Count => held.Count;

    /// <summary>All of them.</summary>
    public IReadOnlyList<RunId> Runs => [.. held.Keys];

    /// <summary>Whether it has a run.</summary>
    public bool Has(RunId run) => held.ContainsKey(run);

    /// <summary>The order for a run that it has.</summary>
    public RunOrder OrderOf(RunId run) => held[run].Order;

    /// <summary>The key of a run's stage.</summary>
    public uint StageOf(RunId run) => held[run].Batch.Batch.Name.Stage;

    /// <summary>The last change of mind about a run that its batch knows of.</summary>
    public int TurnOf(RunId run) => Math.Max(held[run].Task.Turn, ledger[run].Turn);

    /// <summary>Takes a batch in: the orders for its runs, or null when its experiment can't be read by this version.</summary>
    public IReadOnlyList<RunOrder>? Take(Batch batch)
    {
        if (Read(batch.Header.Resolved) is not { } read || read.Stage(batch.Header.Stage) is null)
            return null;
        var hand = new InHand(batch);
        var orders = new List<RunOrder>(batch.Tasks.Count);
        foreach (var task in batch.Tasks)
        {
            if (held.ContainsKey(task.Run.Id))
                continue;
            var order = OrderOf(batch, task, read);
            if (task.Requeued is { } text && JournalText.Read(text) is JournalEvent.Requeued requeued)
            {
                ledger.Add([requeued]);
                order = With(order, requeued);
            }
            hand.Left.Add(task.Run.Id);
            held.Add(task.Run.Id, new(hand, task) { Order = order });
            orders.Add(order);
        }
        batches.Add(hand);
        return orders;
    }

    /// <summary>A run asks for something else from now on.</summary>
    public RunOrder Change(RunOrder order, JournalEvent.Requeued? again)
    {
        if (again is null)
            return order;
        return held[order.Run.Id].Order = With(order, again);
    }

    /// <summary>A run has ended for good, or is not wanted any more. Its batch still names it until <see cref="Finished"/> tells of that.</summary>
    public void End(RunId run)
    {
        if (!held.Remove(run, out var one))
            return;
        one.Batch.Left.Remove(run);
        ledger.Remove(run);
    }

    /// <summary>Batches of which every run has ended. The caller deletes them once the journal that says so is on disk.</summary>
    public IReadOnlyList<BatchName> Finished()
    {
        if (!batches.Exists(batch => batch.Left.Count == 0))
            return [];
        BatchName[] finished = [.. batches.Where(batch => batch.Left.Count == 0).Select(batch => batch.Batch.Name)];
        batches.RemoveAll(batch => batch.Left.Count == 0);
        return finished;
    }

    /// <summary>Gives runs up: what <see cref="ClaimFolder.GiveBack"/> is to be told. The journal must be on disk before that.</summary>
    /// <param name="runs">The runs; those that it doesn't have are passed over.</param>
    /// <param name="areBlocked">Whether they wait for others.</param>
    public (IReadOnlyList<Batch> Back, IReadOnlyList<Batch> Kept, IReadOnlyList<BatchName> Over) Give(
        IReadOnlyCollection<RunId> runs,
        bool areBlocked = false
    )
    {
        var left = new HashSet<InHand>();
        var back = new List<Batch>();
        foreach (var alike in runs.Where(Has).Select(run => held[run]).GroupBy(KeyOf).ToList())
        {
            back.Add(BatchOf(alike.Key.Batch, [.. alike], areBlocked));
            left.Add(alike.Key.Batch);
            foreach (var one in alike)
                End(one.Task.Run.Id);
        }
        var kept = left.Where(batch => batch.Left.Count > 0).Select(batch => batch.Rest()).ToList();
        var over = left.Where(batch => batch.Left.Count == 0).ToList();
        batches.RemoveAll(over.Contains);
        return (back, kept, [.. over.Select(batch => batch.Batch.Name)]);
    }

    private Batch BatchOf(InHand from, IReadOnlyList<Held> runs, bool areBlocked)
    {
        var order = runs[0].Order;
        var name = from.Batch.Name;
        name = name with
        {
            IsBlocked = areBlocked,
            Request = name.Request with
            {
                Cores = order.Cpus ?? 1,
                Memory = order.Memory ?? 0,
                Walltime = order.Walltime,
            },
        };
        var header = from.Batch.Header with
        {
            Memory = order.Memory,
            Cpus = order.Cpus,
            Walltime = order.Walltime?.TotalSeconds,
        };
        return new Batch(name, header, []).Renamed(setup.Random, [.. runs.Select(TaskOf)]);
    }

    private static RunOrder With(RunOrder order, JournalEvent.Requeued again) =>
        order with
        {
            Memory = again.Memory ?? order.Memory,
            Cpus = again.Cpus ?? order.Cpus,
            Walltime = again.Walltime is { } seconds ? TimeSpan.FromSeconds(seconds) : order.Walltime,
        };

    // What is known of it goes with it, so that whoever takes it needs no journal.
    private ArrayTask TaskOf(Held run)
    {
        var history = ledger[run.Task.Run.Id];
        return run.Task with
        {
            After = Math.Max(run.Task.After, history.Attempt),
            Turn = Math.Max(run.Task.Turn, history.Turn),
            Requeued = history.Requeued is { } requeued ? JournalText.Write(requeued) : run.Task.Requeued,
        };
    }

    private static (InHand Batch, int? Cpus, long? Memory, TimeSpan? Walltime) KeyOf(Held run) =>
        (run.Batch, run.Order.Cpus, run.Order.Memory, run.Order.Walltime);

    private RunOrder OrderOf(Batch batch, ArrayTask task, Experiment read) =>
        TaskOrder.OrderOf(setup.Project, batch.Header, task, read)! with
        {
            Cpus = batch.Header.Cpus,
            GpuMemory = batch.Name.Request.GpuMemory,
            After = task.After,
            Rank = BatchName.MostPriority - batch.Name.Priority,
            MostCores = mostCores,
        };

    // Batches of one submission have the same experiment, one after the other.
    private Experiment? Read(string resolved)
    {
        if (experiment.Text != resolved)
            experiment = (resolved, setup.ReadExperiment(resolved));
        return experiment.Read;
    }

    private sealed class InHand(Batch batch)
    {
        public Batch Batch => batch;
        public HashSet<RunId> Left { get; } = new(batch.Tasks.Count);

        public Batch Rest() => batch with { Tasks = [.. batch.Tasks.Where(task => Left.Contains(task.Run.Id))] };
    }

    private sealed class Held(InHand batch, ArrayTask task)
    {
        public InHand Batch => batch;
        public ArrayTask Task => task;
        public required RunOrder Order { get; set; }
    }
}
