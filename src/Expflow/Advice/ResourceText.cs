using System.Globalization;
using Expflow.Slurm;

namespace Expflow.Advice;

/// <summary>Amounts of a resource as words and as an experiment file has them.</summary>
public static class ResourceText
{
    /// <summary>The key of memory; amounts are bytes.</summary>
    public const string Memory = "memory";

    /// <summary>The key of CPU cores.</summary>
    public const string Cpus = "cpus";

    /// <summary>The key of the walltime; amounts are seconds.</summary>
    public const string Walltime = "walltime";

    /// <summary>As the file has it: <c>4G</c>, <c>1h15m</c>, <c>3</c>.</summary>
    public static string Write(string key, double amount) =>
        key switch
        {
            Memory => MemorySize.FromBytes((long)amount).ToString(),
            Walltime => Units(TimeSpan.FromSeconds(Math.Ceiling(amount))),
            _ => amount.ToString("0", CultureInfo.InvariantCulture),
        };

    /// <summary>A measured amount, to two or three digits: <c>3.1G</c>, <c>740M</c>, <c>41m</c>, <c>1.9</c>.</summary>
    public static string Show(string key, double amount) =>
        key switch
        {
            Memory => Bytes(amount),
            Walltime => Units(Coarse(amount)),
            _ => amount.ToString("0.0#", CultureInfo.InvariantCulture),
        };

    /// <summary>Bytes to two or three digits: <c>3.1G</c>, <c>740M</c>.</summary>
    public static string Bytes(double bytes)
    {
        var (size, unit) = (bytes / 1024, 0);
        while (size >= 999.5 && unit < 3)
            (size, unit) = (size / 1024, unit + 1);
        return size.ToString(size < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture) + "KMGT"[unit];
    }

    private static TimeSpan Coarse(double seconds) =>
        TimeSpan.FromSeconds(
            seconds < 60 ? Math.Max(1, Math.Ceiling(seconds))
            : seconds < 600 ? Math.Ceiling(seconds)
            : Math.Ceiling(seconds / 60) * 60
        );

    private static string Units(TimeSpan time)
    {
        var text = "";
        if (time.Days > 0)
            text += $"{time.Days}d";
        if (time.Hours > 0)
            text += $"{time.Hours}h";
        if (time.Minutes > 0)
            text += $"{time.Minutes}m";
        return time.Seconds > 0 || text.Length == 0 ? $"{text}{time.Seconds}s" : text;
    }
}
