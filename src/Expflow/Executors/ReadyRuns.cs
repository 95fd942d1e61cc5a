using Expflow.Manifests;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>The runs of an agent in the order in which they may start: needs first, then the order of the manifest.</summary>
/// <remarks>
/// Runs that ask for the same are one line, and only the heads of the lines are tried: with 100,000 equal runs a start costs as much as with 10.
/// A wide run at a line's head doesn't stop narrow ones of other lines (first fit), so that the machine is kept full.
/// Not safe for use from several threads: the agent's lock guards it.
/// </remarks>
public sealed class ReadyRuns(LocalMachine machine)
{
    private readonly Dictionary<RunId, Entry> entries = [];
    private readonly Dictionary<ResourceRequest, PriorityQueue<Entry, long>> lines = [];
    private readonly Dictionary<RunId, List<Entry>> waitingFor = [];
    private long positions;

    // More runs than one agent ever sees.
    private const int RankBits = 40;

    /// <summary>Runs that could start if there were room.</summary>
    public int Ready { get; private set; }

    /// <summary>Runs that wait for others.</summary>
    public int Waiting { get; private set; }

    /// <summary>Takes a run in.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">What it takes.</param>
    /// <param name="isDone">Whether a need is met that was never added.</param>
    /// <param name="rank">Lower ones go first; those of one rank in the order in which they came.</param>
    public void Add(ManifestRun run, ResourceRequest request, Func<RunId, bool> isDone, int rank = 0)
    {
        if (entries.TryGetValue(run.Id, out var known))
        {
            Again(known, request);
            return;
        }
        var entry = new Entry(run, request, ((long)rank << RankBits) + positions++);
        entries.Add(run.Id, entry);
        foreach (var need in run.Needs)
            if (!isDone(need))
                Wait(entry, need);
        if (entry.Missing == 0)
            MakeReady(entry);
        else
            Waiting++;
    }

    /// <summary>The first run, line by line, that there is room for.</summary>
    public (ManifestRun Run, MachineShare Share)? TryTake()
    {
        var best = (Line: (PriorityQueue<Entry, long>?)null, Share: (MachineShare?)null, Position: long.MaxValue);
        foreach (var (request, line) in lines)
        {
            if (!line.TryPeek(out _, out var position) || position >= best.Position)
                continue;
            if (machine.TryTake(request) is not { } share)
                continue;
            if (best.Share is { } worse)
                machine.Return(worse);
            best = (line, share, position);
        }
        if (best.Line is null)
            return null;
        var entry = best.Line.Dequeue();
        entry.IsReady = false;
        Ready--;
        return (entry.Run, best.Share!);
    }

    /// <summary>Whether a run could start now.</summary>
    public bool HasRoomForAny()
    {
        foreach (var (request, line) in lines)
            if (line.Count > 0 && machine.TryTake(request) is { } share)
            {
                machine.Return(share);
                return true;
            }
        return false;
    }

    /// <summary>The runs that would start last, at most so many.</summary>
    public IReadOnlyList<RunId> Last(int count) =>
        count <= 0
            ? []
            :
            [
                .. lines
                    .Values.SelectMany(line => line.UnorderedItems)
                    .OrderByDescending(one => one.Priority)
                    .Take(count)
                    .Select(one => one.Element.Run.Id),
            ];

    /// <summary>A run is done: what waited only for it may start.</summary>
    public void Done(RunId run)
    {
        if (!waitingFor.Remove(run, out var waiting))
            return;
        foreach (var entry in waiting)
        {
            if (--entry.Missing > 0 || entry.IsDropped)
                continue;
            Waiting--;
            MakeReady(entry);
        }
    }

    /// <summary>Takes a run out that is not to be started; what needs it waits on.</summary>
    public void Drop(RunId run)
    {
        if (!entries.TryGetValue(run, out var entry) || entry.IsDropped)
            return;
        entry.IsDropped = true;
        if (entry.Missing > 0)
            Waiting--;
        if (!entry.IsReady)
            return;
        lines[entry.Request].Remove(entry, out _, out _);
        entry.IsReady = false;
        Ready--;
    }

    /// <summary>Takes a run out and keeps nothing of it: it has ended, or is somebody else's.</summary>
    public void Forget(RunId run)
    {
        Drop(run);
        entries.Remove(run);
    }

    private void Wait(Entry entry, RunId need)
    {
        entry.Missing++;
        if (!waitingFor.TryGetValue(need, out var waiting))
            waitingFor.Add(need, waiting = []);
        waiting.Add(entry);
    }

    private void Again(Entry entry, ResourceRequest request)
    {
        if (entry.IsReady)
            return;
        if (entry.IsDropped && entry.Missing > 0)
            Waiting++;
        entry.IsDropped = false;
        entry.Request = request;
        if (entry.Missing == 0)
            MakeReady(entry);
    }

    private void MakeReady(Entry entry)
    {
        if (!lines.TryGetValue(entry.Request, out var line))
            lines.Add(entry.Request, line = new());
        line.Enqueue(entry, entry.Position);
        entry.IsReady = true;
        Ready++;
    }

    private sealed class Entry(ManifestRun run, ResourceRequest request, long position)
    {
        public ManifestRun Run => run;
        public long Position => position;
        public ResourceRequest Request { get; set; } = request;
        public int Missing { get; set; }
        public bool IsReady { get; set; }
        public bool IsDropped { get; set; }
    }
}
