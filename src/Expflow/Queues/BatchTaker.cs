namespace Expflow.Queues;

/// <summary>Takes batches from a queue for one agent. One thread's own.</summary>
/// <param name="pool">The pool.</param>
/// <param name="own">Where this agent puts what it takes.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Parts agents that race for the same batches.</param>
public sealed class BatchTaker(PoolFolder pool, ClaimFolder own, TimeProvider time, Random random)
{
    // What was submitted meanwhile, with a higher priority perhaps, is seen as late as this.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);
    private const int LeapAtMost = 16;

    private List<WaitingBatch> known = [];
    private long? listedAt;

    /// <summary>How often the queue was listed.</summary>
    public long Listings { get; private set; }

    /// <summary>How often another agent was faster.</summary>
    public long RacesLost { get; private set; }

    /// <summary>Takes the first batch that will do: one rename, and one listing of the queue a second while there is something to take.</summary>
    /// <param name="willDo">Whether a batch may be taken, by its name.</param>
    /// <exception cref="IOException">The project can't be read or written.</exception>
    public ClaimOutcome TryClaim(Func<BatchName, bool> willDo)
    {
        while (true)
        {
            var isFresh = ListIfStale();
            var racesBefore = RacesLost;
            for (var at = 0; at < known.Count; )
            {
                if (!willDo(known[at].Name))
                {
                    at++;
                    continue;
                }
                var batch = known[at];
                known.RemoveAt(at);
                switch (Take(batch))
                {
                    case true:
                        return new ClaimOutcome.Claimed(Batch.ReadFrom(own.Path, batch.Name));
                    case null:
                        return new ClaimOutcome.Superseded();
                }
                // Whoever was faster goes on with the next one too; a leap leaves it to them.
                RacesLost++;
                at = Math.Min(at + random.Next(LeapAtMost), Math.Max(0, known.Count - 1));
            }
            // A queue from which others take is looked at again: only one that nobody touched meanwhile is empty.
            if (isFresh && RacesLost == racesBefore)
                return new ClaimOutcome.Nothing(known.Count);
            listedAt = null;
        }
    }

    // True: taken. False: somebody else was faster. Null: the own folder is gone.
    private bool? Take(WaitingBatch batch)
    {
        var mine = Path.Combine(own.Path, batch.Name.ToString());
        if (Rename.Try(batch.Path, mine))
            return true;
        // A network file system may carry a call out twice when its first answer was lost.
        if (File.Exists(mine))
            return true;
        return own.IsThere ? false : null;
    }

    private bool ListIfStale()
    {
        if (listedAt is { } at && time.GetElapsedTime(at) < Stale && known.Count > 0)
            return false;
        known = WaitingBatch.Of(pool, removesEmpty: true);
        listedAt = time.GetTimestamp();
        Listings++;
        return true;
    }
}
