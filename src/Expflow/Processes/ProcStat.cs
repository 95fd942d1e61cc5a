using System.Globalization;

namespace Expflow.Processes;

/// <summary>What <c>/proc/PID/stat</c> says of a process; fields are numbered as in proc(5).</summary>
/// <param name="HasEnded">It has ended, and only its parent hasn't asked how.</param>
/// <param name="IsStopped">It lies still until it is told to go on (SIGSTOP, Ctrl-Z, a debugger).</param>
/// <param name="Parent">The parent's pid.</param>
/// <param name="Session">The session's first pid.</param>
/// <param name="CpuTicks">User and system time in ticks of 1/100 s, without children's.</param>
/// <param name="StartTicks">When it started, in ticks since boot.</param>
/// <param name="ResidentPages">Pages in memory, shared ones included.</param>
internal readonly record struct ProcStat(
    bool HasEnded,
    bool IsStopped,
    int Parent,
    int Session,
    long CpuTicks,
    long StartTicks,
    long ResidentPages
)
{
    /// <summary>Reads now; null when the process is gone.</summary>
    public static ProcStat? Read(int pid) => ProcFile.Read($"/proc/{pid}/stat") is { } text ? Parse(text) : null;

    /// <summary>Reads the text of a stat file; null when it isn't one.</summary>
    public static ProcStat? Parse(string text)
    {
        // Field 2 is the name in parentheses and may itself hold blanks and parentheses; the rest starts with field 3.
        var name = text.LastIndexOf(')');
        if (name < 0 || text.Length < name + 3)
            return null;
        var fields = text[(name + 2)..].Split(' ');
        if (fields.Length < 22)
            return null;
        return new(
            fields[0] is "Z" or "X",
            fields[0] is "T" or "t",
            (int)Number(fields, 4),
            (int)Number(fields, 6),
            Number(fields, 14) + Number(fields, 15),
            Number(fields, 22),
            Number(fields, 24)
        );
    }

    private static long Number(string[] fields, int field) =>
        long.TryParse(fields[field - 3].AsSpan().TrimEnd(), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
