using System.Globalization;

namespace VectorQuantization.Benchmarks;

/// <summary>The most memory that this process held at once, as the kernel counts it. Pages of mapped files that were read count too.</summary>
public static class PeakMemory
{
    /// <summary>Begins to count anew, where the kernel allows that; what is held now is then the most so far.</summary>
    public static void Reset()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A container may not allow it: the peak is then that of all cells so far.
        }
    }

    /// <summary>Bytes, or null where the kernel doesn't tell.</summary>
    public static long? Bytes() => File.Exists("/proc/self/status") ? Bytes(File.ReadLines("/proc/self/status")) : null;

    /// <summary>The same from the lines of <c>/proc/PID/status</c>: <c>VmHWM:   123456 kB</c>.</summary>
    public static long? Bytes(IEnumerable<string> status)
    {
        const string name = "VmHWM:";
        var line = status.FirstOrDefault(one => one.StartsWith(name, StringComparison.Ordinal));
        return
            line is not null
            && long.TryParse(
                line.AsSpan(name.Length).TrimEnd("kB").Trim(),
                CultureInfo.InvariantCulture,
                out var kibibytes
            )
            ? kibibytes * 1024
            : null;
    }
}
