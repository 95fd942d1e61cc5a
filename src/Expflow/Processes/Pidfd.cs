using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>Hold on a process that, unlike its pid, never passes to another: pidfd_open(2), since Linux 5.3 (RHEL 8 has 4.18).</summary>
internal static unsafe class Pidfd
{
    private const int PollMilliseconds = 50;

    /// <summary>Blocks until a process has ended.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="limit">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="hasEnded">Looks whether it has: asked after the hold is taken, so that a pid that became another's is noticed, and again and again where the kernel can't tell.</param>
    /// <returns>True when it has ended.</returns>
    public static bool WaitForEnd(int pid, TimeSpan limit, Func<bool> hasEnded)
    {
        var started = Stopwatch.GetTimestamp();
        var descriptor = (int)Native.syscall(Native.PidfdOpen, pid, 0);
        try
        {
            while (!hasEnded())
            {
                var left =
                    limit == Timeout.InfiniteTimeSpan
                        ? long.MaxValue
                        : (long)(limit - Stopwatch.GetElapsedTime(started)).TotalMilliseconds;
                if (left <= 0)
                    return false;
                Pause(descriptor, left);
            }
            return true;
        }
        finally
        {
            if (descriptor >= 0)
                Native.close(descriptor);
        }
    }

    /// <summary>Sends a signal to a process if it is still the one that is meant.</summary>
    /// <returns>True when it was sent.</returns>
    public static bool Signal(int pid, int signal, Func<bool> isTheOne)
    {
        var descriptor = (int)Native.syscall(Native.PidfdOpen, pid, 0);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError() != Native.NoSuchProcess && isTheOne() && Native.kill(pid, signal) == 0;
        var sent = isTheOne() && Native.syscall4(Native.PidfdSendSignal, descriptor, signal, 0, 0) == 0;
        Native.close(descriptor);
        return sent;
    }

    private static void Pause(int descriptor, long left)
    {
        var watched = new Native.PollFd { Descriptor = descriptor, Events = Native.PollIn };
        if (descriptor >= 0)
            Native.poll(&watched, 1, (int)Math.Min(left, int.MaxValue));
        else
            Native.poll(null, 0, (int)Math.Min(left, PollMilliseconds));
    }
}
