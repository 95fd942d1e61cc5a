using Expflow.Journal;
using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>Carries out runs so many at a time on the same GPUs, and measures what they use together.</summary>
public sealed class TrialAgent
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly AgentSetup setup;
    private readonly IReadOnlyList<string> gpus;
    private readonly AgentJournal journal;
    private readonly EnvironmentBlock environment;
    private readonly ProgramSearch programs;
    private readonly AttemptStart starts;
    private readonly ActiveAttempts active = new();
    private readonly Stragglers stragglers = new();
    private readonly Warden warden;

    /// <summary>An agent that hasn't begun.</summary>
    /// <param name="setup">What it is given from outside; its project is the trial's own folder.</param>
    /// <param name="project">The folder of the project that is tried out: <c>{project.dir}</c>.</param>
    /// <param name="gpus">The GPUs that all runs share, as <c>CUDA_VISIBLE_DEVICES</c> names them.</param>
    /// <param name="writer">The trial's journal.</param>
    public TrialAgent(AgentSetup setup, string project, IReadOnlyList<string> gpus, JournalWriter writer)
    {
        (this.setup, this.gpus) = (setup, gpus);
        journal = new(writer, setup.Log);
        environment = new(setup.Environment);
        programs = new(setup.Environment.GetValueOrDefault("PATH"));
        starts = new(project, environment, programs);
        warden = new(setup, active);
        Cards = GpuTotals.Of(gpus, setup.Environment)?.Min();
    }

    /// <summary>What was seen of a few runs side by side.</summary>
    /// <param name="Ends">How each ended, in the order of their ends.</param>
    /// <param name="Elapsed">From the first start to the last end.</param>
    /// <param name="Gpu">What the GPUs are; null when nobody could look.</param>
    /// <param name="GpuMemory">The most memory in use on the GPUs, for each of them, in bytes.</param>
    /// <param name="GpuUse">How busy they were, in percent.</param>
    public sealed record Round(
        IReadOnlyList<JournalEvent.AttemptEnded> Ends,
        TimeSpan Elapsed,
        string? Gpu,
        long? GpuMemory,
        double? GpuUse
    );

    /// <summary>What the smallest of the GPUs has, in bytes; null when the driver doesn't say.</summary>
    public long? Cards { get; }

    /// <summary>Carries them out.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="workers">How many at a time.</param>
    /// <param name="stop">Ends them at once.</param>
    /// <returns>Null when it was stopped, or when the disk doesn't take what they leave.</returns>
    public Round? Run(IReadOnlyList<RunOrder> runs, int workers, CancellationToken stop)
    {
        var rest = new Queue<RunOrder>(runs);
        var ends = new List<JournalEvent.AttemptEnded>();
        using var gpu = WatchOf();
        var begun = setup.Time.GetTimestamp();
        var threads = Enumerable.Range(0, workers).Select(number => Start(number, rest, ends)).ToList();
        while (threads.Find(thread => thread.IsAlive) is { } busy)
        {
            busy.Join(Tick);
            warden.Look();
            gpu?.Look();
            if (stop.IsCancellationRequested || journal.IsBroken)
                End(rest);
        }
        var elapsed = setup.Time.GetElapsedTime(begun);
        stragglers.End();
        if (stop.IsCancellationRequested || journal.IsBroken || ends.Count < runs.Count)
            return null;
        var seen = gpu?.AddTo(ends[^1]);
        return new(
            ends,
            elapsed,
            gpu?.Names.Distinct().FirstOrDefault(),
            seen?.GpuMemory / Math.Max(1, gpus.Count),
            seen?.GpuUse
        );
    }

    private Thread Start(int number, Queue<RunOrder> rest, List<JournalEvent.AttemptEnded> ends)
    {
        var worker = new Worker(setup, starts, active, journal, stragglers, number);
        var thread = new Thread(() => Work(worker, rest, ends), maxStackSize: 512 << 10) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Work(Worker worker, Queue<RunOrder> rest, List<JournalEvent.AttemptEnded> ends)
    {
        while (Next(rest) is { } order)
            try
            {
                if (worker.Carry(order, 0, new(order.Request, gpus)) is not { } ended)
                    return;
                journal.Say(ended);
                lock (rest)
                    ends.Add(ended);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                journal.Break(refused.Message);
                return;
            }
    }

    private static RunOrder? Next(Queue<RunOrder> rest)
    {
        lock (rest)
            return rest.TryDequeue(out var order) ? order : null;
    }

    private void End(Queue<RunOrder> rest)
    {
        lock (rest)
            rest.Clear();
        foreach (var attempt in active.Now())
            attempt.Stop(new StopCause.Cancelled(), setup.Time.GetTimestamp());
    }

    private GpuWatch? WatchOf() =>
        gpus.Count > 0 && programs.Find("nvidia-smi", "/") is { } program
            ? new(program, string.Join(',', gpus), environment, setup.Time, BetweenLooks)
            : null;
}
