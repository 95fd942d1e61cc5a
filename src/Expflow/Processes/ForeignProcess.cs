using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>A process that this process did not start, or no longer has as a child.</summary>
/// <param name="Pid">Its pid. The caller has made sure that it is the right one.</param>
public sealed record ForeignProcess(int Pid)
{
    /// <summary>True while it exists and has not ended.</summary>
    public bool IsAlive =>
        ProcFile.Read($"/proc/{Pid}/stat") is { } text && text[text.LastIndexOf(')') + 2] is not ('Z' or 'X');

    /// <summary>Blocks until it has ended.</summary>
    public unsafe void WaitForEnd()
    {
        var descriptor = (int)Native.syscall(Native.PidfdOpen, Pid, 0);
        if (descriptor < 0)
        {
            PollForEnd();
            return;
        }
        var watched = new Native.PollFd { Descriptor = descriptor, Events = Native.PollIn };
        while (Native.poll(&watched, 1, -1) < 0 && Marshal.GetLastPInvokeError() == Native.Interrupted) { }
        Native.close(descriptor);
    }

    /// <summary>Sends a signal to its process group.</summary>
    public void SignalGroup(int signal) => Native.kill(-Pid, signal);

    /// <summary>Ends it at once.</summary>
    public void Kill() => Native.kill(Pid, Native.SigKill);

    // Before Linux 5.3 (RHEL 8 has 4.18) there is no way to be told.
    private unsafe void PollForEnd()
    {
        while (IsAlive)
            Native.poll(null, 0, 200);
    }
}
