using System.Globalization;

namespace Expflow.Processes;

/// <summary>One process of one boot of one machine, never mistaken for a later one with the same pid. Its text, <c>PID-STARTTICKS-BOOTID</c>, is for journals.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="StartTicks">When it started, in ticks since boot (1/100 s).</param>
/// <param name="BootId">The boot, as <c>/proc/sys/kernel/random/boot_id</c> names it.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private static readonly Lazy<string> ThisBoot = new(() =>
        ProcFile.Read("/proc/sys/kernel/random/boot_id")?.Trim() ?? "unknown"
    );

    /// <summary>True while this very process exists and has not ended.</summary>
    public bool IsAlive =>
        BootId == ThisBoot.Value && ProcStat.Read(Pid) is { HasEnded: false } stat && stat.StartTicks == StartTicks;

    /// <summary>How long ago it started, by the machine's own count since boot.</summary>
    public TimeSpan Age =>
        double.TryParse(
            ProcFile.Read("/proc/uptime")?.Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture,
            out var uptime
        )
            ? TimeSpan.FromSeconds(Math.Max(0, uptime - (StartTicks / 100.0)))
            : TimeSpan.Zero;

    /// <summary>The process that has this pid now; null when none has, or it has ended.</summary>
    public static ProcessIdentity? Of(int pid) =>
        ProcStat.Read(pid) is { HasEnded: false } stat ? new(pid, stat.StartTicks, ThisBoot.Value) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out ProcessIdentity? identity)
    {
        identity =
            text?.Split('-', 3) is [var pid, var ticks, { Length: > 0 } boot]
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? new(number, start, boot)
                : null;
        return identity is not null;
    }

    /// <summary>Blocks until it has ended, or the limit is over.</summary>
    /// <returns>True when it has ended.</returns>
    public bool WaitForEnd(TimeSpan? limit = null) =>
        Pidfd.WaitForEnd(Pid, limit ?? Timeout.InfiniteTimeSpan, () => !IsAlive);

    /// <summary>Sends a signal to it alone; never to a later process with its pid.</summary>
    /// <returns>True when it was sent.</returns>
    public bool Signal(int signal) => Pid > 1 && Pidfd.Signal(Pid, signal, () => IsAlive);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid}-{StartTicks}-{BootId}");
}
