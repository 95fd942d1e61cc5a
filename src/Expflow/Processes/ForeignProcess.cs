namespace Expflow.Processes;

/// <summary>A process that this process did not start, or no longer has as a child.</summary>
/// <param name="Pid">Its pid. The caller has made sure that it is the right one; <see cref="ProcessIdentity"/> does so by itself.</param>
public sealed record ForeignProcess(int Pid)
{
    // To kill(2), 0 means the own group, 1 as a group everybody, and the first process is nobody's to end.
    private bool MayBeSignalled => Pid > 1;

    /// <summary>True while it exists and has not ended.</summary>
    public bool IsAlive => ProcStat.Read(Pid) is { HasEnded: false };

    /// <summary>True while it lies still until somebody lets it go on.</summary>
    public bool IsStopped => ProcStat.Read(Pid) is { IsStopped: true };

    /// <summary>Blocks until it has ended.</summary>
    public void WaitForEnd() => Pidfd.WaitForEnd(Pid, Timeout.InfiniteTimeSpan, () => !IsAlive);

    /// <summary>Sends a signal to it alone.</summary>
    public void Signal(int signal) => Native.kill(Pid, signal);

    /// <summary>Sends a signal to its process group.</summary>
    public void SignalGroup(int signal)
    {
        if (MayBeSignalled)
            Native.kill(-Pid, signal);
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        if (MayBeSignalled)
            Native.kill(Pid, Native.SigKill);
    }
}
