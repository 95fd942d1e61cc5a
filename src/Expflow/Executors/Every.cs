namespace Expflow.Executors;

/// <summary>Something that is done now and then. One thread's own.</summary>
internal sealed class Every(TimeProvider time, TimeSpan pause)
{
    private long doneAt = time.GetTimestamp();

    /// <summary>Whether it is time.</summary>
    public bool IsDue => time.GetElapsedTime(doneAt) >= pause;

    /// <summary>Whether it is time; if so, the next time is counted from now.</summary>
    public bool Turn()
    {
        if (!IsDue)
            return false;
        doneAt = time.GetTimestamp();
        return true;
    }
}
