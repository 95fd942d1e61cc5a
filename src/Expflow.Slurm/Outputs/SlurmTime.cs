using System.Globalization;

namespace Expflow.Slurm;

/// <summary>Times and durations in Slurm's output.</summary>
internal static class SlurmTime
{
    /// <summary>Unix seconds (asked for by <c>SLURM_TIME_FORMAT=%s</c>), or a local time where a version has none of that; null for none.</summary>
    internal static DateTimeOffset? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return
            text.Length > 0
            && char.IsAsciiDigit(text[0])
            && DateTimeOffset.TryParseExact(
                text,
                "yyyy-MM-dd'T'HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeLocal,
                out var time
            )
            ? time
            : null;
    }

    /// <summary>A limit or a run time: <c>1-02:03:04</c>, <c>02:03:04</c>, <c>03:04</c>, <c>30</c> minutes; null for none and for no limit.</summary>
    internal static TimeSpan? Duration(string text)
    {
        // Walltime knows no zero.
        if (text is "0:00" or "00:00:00" or "00:00")
            return TimeSpan.Zero;
        return text.Length > 0 && char.IsAsciiDigit(text[0]) && Walltime.TryParse(text, out var walltime)
            ? walltime.Value.Duration
            : null;
    }

    /// <summary>A text, or null for what Slurm writes where there is none.</summary>
    internal static string? Text(string text) =>
        text.Trim() is not ("" or "(null)" or "N/A" or "n/a" or "None assigned" or "Unknown") and var found
            ? found
            : null;

    /// <summary>A whole number, or null.</summary>
    internal static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
