using Expflow.Experiments;

namespace Expflow.Executors;

/// <summary>Tells that a command hangs: neither its output, nor its metrics, nor its checkpoints have changed for longer than its stage allows.</summary>
public sealed class ProgressWatch
{
    // So finely is the time measured.
    private const int Looks = 10;

    private readonly AttemptPlace place;
    private readonly TimeProvider time;
    private (long Output, long Metrics, DateTime? Saved) seen = (-1, -1, null);
    private long changedAt;
    private long lookedAt;

    private ProgressWatch(AttemptPlace place, TimeSpan limit, TimeProvider time)
    {
        (this.place, Limit, this.time) = (place, limit, time);
        changedAt = lookedAt = time.GetTimestamp();
    }

    /// <summary>How long a command may say and save nothing.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The watch over an attempt that begins; null when its stage has no limit.</summary>
    public static ProgressWatch? For(Stage stage, AttemptPlace place, TimeProvider time) =>
        stage.Progress is { } limit ? new(place, limit.Duration, time) : null;

    /// <summary>Whether it hangs. The disk is looked at ten times within the limit, however often this is asked.</summary>
    public bool Hangs()
    {
        if (time.GetElapsedTime(lookedAt) < Limit / Looks)
            return false;
        lookedAt = time.GetTimestamp();
        var now = (
            AttemptPlace.LengthOf(place.Output),
            AttemptPlace.LengthOf(place.Metrics),
            Checkpoints.Newest(place.RunFolder)
        );
        if (now != seen)
            (seen, changedAt) = (now, lookedAt);
        return time.GetElapsedTime(changedAt) >= Limit;
    }
}
