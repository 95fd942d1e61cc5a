using Expflow.Queues;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>Takes from a pool's queue what the crew has room for, and gives back what it hasn't. The watching thread's own.</summary>
internal sealed class PoolIntake(
    AgentSetup setup,
    PoolTerms terms,
    PoolFolder pool,
    ClaimFolder folder,
    Crew crew,
    PoolHand hand,
    PoolNews news,
    PoolDeadline deadline,
    Func<bool> mayTake
)
{
    // An empty queue is looked at no oftener than this.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenShares = TimeSpan.FromSeconds(5);

    private readonly BatchTaker taker = new(pool, folder, setup.Time, setup.Random);
    private readonly Every share = new(setup.Time, BetweenShares);
    private readonly HashSet<ulong> refused = [];

    private long endedBefore;
    private long? emptyAt;
    private TimeSpan pause = BetweenLooks;
    private MachineShare? reserved;
    private bool saidIdle;

    /// <summary>Takes what there is room for.</summary>
    /// <param name="looksForCancelled">Whether commands have ever said that something is cancelled.</param>
    /// <returns>Whether there was something; null when the agent's own folder is gone.</returns>
    public bool? Fill(bool looksForCancelled)
    {
        var wanted = Wanted();
        if (wanted == 0)
            return share.Turn() ? Share() : HasWork;
        if (emptyAt is { } at && setup.Time.GetElapsedTime(at) < pause)
            return HasWork;
        // What a command said a moment ago holds: a pool that is drained takes nothing more.
        if (!mayTake())
            return true;
        var taken = new List<Batch>();
        var reservations = new List<MachineShare>();
        try
        {
            while (wanted > 0)
            {
                switch (Claim(taken.Count == 0))
                {
                    case ClaimOutcome.Superseded:
                        return null;
                    case ClaimOutcome.Claimed(var batch):
                        taken.Add(batch);
                        if (reserved is { } own)
                            reservations.Add(own);
                        reserved = null;
                        wanted -= batch.Tasks.Count;
                        continue;
                }
                break;
            }
        }
        finally
        {
            lock (crew.Gate)
                foreach (var one in reservations)
                    setup.Machine.Return(one);
        }
        return Start(taken, looksForCancelled);
    }

    /// <summary>Gives runs back to the queue; false when the folder was taken away.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public bool GiveBack(IReadOnlyCollection<RunId> runs, bool areBlocked = false)
    {
        if (runs.Count == 0)
            return true;
        (IReadOnlyList<Batch> Back, IReadOnlyList<Batch> Kept, IReadOnlyList<BatchName> Over) given;
        lock (crew.Gate)
        {
            // A worker may have been faster.
            RunId[] idle = [.. runs.Where(run => !crew.Has(run))];
            given = hand.Give(idle, areBlocked);
            foreach (var run in idle)
                crew.Ready.Forget(run);
        }
        // Batches are rewritten without what has ended, so the ends have to be on disk.
        return crew.Journal.Settle() && folder.GiveBack(given.Back, given.Kept, given.Over);
    }

    // Before the first look at the queue nobody knows whether there is any.
    private bool HasWork => hand.Count > 0 || emptyAt is null;

    // How many workers have nothing to do, and nothing in hand that they could do now.
    private int Wanted()
    {
        lock (crew.Gate)
            return crew.Hungry > 0 && !crew.Ready.HasRoomForAny() ? crew.Hungry : 0;
    }

    private ClaimOutcome Claim(bool isFirst)
    {
        var outcome = taker.TryClaim(name => !name.IsBlocked && Suits(name) && HasRoom(name.Request));
        // Runs that wait for others are looked at only by who has nothing else to do.
        if (outcome is ClaimOutcome.Nothing { Waiting: > 0 } && isFirst && hand.Count == 0)
            outcome = ClaimUnblocked() ?? outcome;
        if (outcome is ClaimOutcome.Nothing)
            NothingThere(isFirst);
        else
            (emptyAt, pause) = (null, BetweenLooks);
        return outcome;
    }

    private void NothingThere(bool isFirst)
    {
        ReturnReserved();
        emptyAt = setup.Time.GetTimestamp();
        if (!isFirst)
            return;
        pause = pause * 2 < LongestLook ? pause * 2 : LongestLook;
        SayIdle(true);
    }

    // One after the other, each once: those of which nothing can start go back as they are.
    private ClaimOutcome? ClaimUnblocked()
    {
        news.Read();
        var seen = new HashSet<ulong>();
        while (
            taker.TryClaim(name => name.IsBlocked && !seen.Contains(name.Id) && Suits(name) && HasRoom(name.Request))
                is var outcome
        )
        {
            if (outcome is not ClaimOutcome.Claimed(var batch))
                return outcome is ClaimOutcome.Superseded ? outcome : null;
            if (batch.Tasks.Any(task => task.Run.Needs.All(news.IsDone)))
                return outcome;
            seen.Add(batch.Name.Id);
            if (!folder.PutBack(batch.Name))
                return new ClaimOutcome.Superseded();
        }
        return null;
    }

    private bool Suits(BatchName name) =>
        !refused.Contains(name.Id)
        && (name.Request.GpuType is not { } type || terms.GpuType is not { } own || type == own)
        && setup.Machine.WhyNever(RequestOf(name.Request)) is null
        && deadline.Allows(name.Stage, name.Request.Walltime);

    // Kept until the run is in hand, so that no more is taken than can start.
    private bool HasRoom(BatchRequest request)
    {
        ReturnReserved();
        lock (crew.Gate)
            reserved = setup.Machine.TryTake(RequestOf(request));
        return reserved is not null;
    }

    private void ReturnReserved()
    {
        if (reserved is not { } own)
            return;
        lock (crew.Gate)
            setup.Machine.Return(own);
        reserved = null;
    }

    private ResourceRequest RequestOf(BatchRequest request) =>
        new(Math.Min(request.Cores, hand.MostCores ?? int.MaxValue), request.Memory, request.Gpus)
        {
            GpuMemory = request.GpuMemory,
        };

    private bool? Start(List<Batch> taken, bool looksForCancelled)
    {
        if (taken.Count == 0)
            return HasWork;
        SayIdle(false);
        var (blocked, elsewhere) = (new List<RunId>(), new List<RunId>());
        lock (crew.Gate)
        {
            foreach (var batch in taken)
                if (hand.Take(batch) is { } orders)
                    foreach (var order in orders)
                        Place(order, batch.Name.IsBlocked, looksForCancelled, blocked, elsewhere);
                else
                    Refuse(batch);
            crew.Wake();
        }
        return GiveBack(blocked, areBlocked: true) && GiveBack(elsewhere) ? true : null;
    }

    private void Place(
        RunOrder order,
        bool mayBeBlocked,
        bool looksForCancelled,
        List<RunId> blocked,
        List<RunId> elsewhere
    )
    {
        var run = order.Run.Id;
        if (looksForCancelled && news.IsCancelled(run, hand.TurnOf(run)))
            hand.End(run);
        else if (mayBeBlocked && !order.Run.Needs.All(news.IsDone))
            blocked.Add(run);
        // It has grown since it was put into its batch.
        else if (setup.Machine.WhyNever(order.Request) is not null)
            elsewhere.Add(run);
        else
            crew.Ready.Add(order.Run, order.Request, _ => true, order.Rank);
    }

    // Another version of Expflow may understand it.
    private void Refuse(Batch batch)
    {
        setup.Log(
            $"The experiment of batch '{batch.Name}' can't be read by this version; its runs are left to others."
        );
        refused.Add(batch.Name.Id);
        folder.PutBack(batch.Name);
    }

    private void SayIdle(bool isIdle)
    {
        if (saidIdle == isIdle)
            return;
        saidIdle = isIdle;
        folder.SayIdle(isIdle);
    }

    // Others have nothing to do while this agent has more than it can start: half of that goes back, the last first.
    private bool? Share()
    {
        IReadOnlyList<RunId> spare;
        lock (crew.Gate)
        {
            var soon = (int)Math.Max(crew.Ended - endedBefore, crew.Busy);
            endedBefore = crew.Ended;
            spare = crew.Ready.Last((crew.Ready.Ready - soon) / 2);
        }
        if (spare.Count == 0 || !Claims().Any(claim => claim.IsIdle && claim.Path != folder.Path))
            return HasWork;
        return GiveBack(spare) ? true : null;
    }

    private IReadOnlyList<Claim> Claims() => Queues.Claim.All(pool);
}
