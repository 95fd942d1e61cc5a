using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>How long a job may run. At least one second; whole seconds; below 10 years.</summary>
/// <remarks>
/// Reads Slurm's own forms (<c>30</c> minutes, <c>30:00</c>, <c>08:00:00</c>, <c>2-00</c>, <c>2-00:00</c>,
/// <c>2-00:00:00</c>; see <c>man sbatch</c>, <c>--time</c>) and people's (<c>8h</c>, <c>90m</c>, <c>45s</c>, <c>1.5h</c>, <c>2d12h</c>).
/// </remarks>
public readonly record struct Walltime : IComparable<Walltime>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private Walltime(TimeSpan duration) => Duration = duration;

    /// <summary>The limit as a duration.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The limit nearest above <paramref name="duration"/> in whole seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or 10 years and more.</exception>
    public static Walltime From(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, Longest);
        return new(TimeSpan.FromSeconds(Math.Ceiling(duration.TotalSeconds)));
    }

    /// <summary>Reads any of the forms above; false for anything else, and for zero and negative times.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Walltime? walltime)
    {
        walltime = null;
        if (string.IsNullOrWhiteSpace(text))
            return false;
        text = text.Trim();
        var duration = char.IsAsciiLetter(text[^1]) ? ParseUnits(text) : ParseSlurm(text);
        if (duration is not { } found || found <= TimeSpan.Zero || found > Longest)
            return false;
        walltime = From(found);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Walltime other) => Duration.CompareTo(other.Duration);

    /// <summary>Slurm's own form: <c>08:00:00</c>, or <c>2-00:00:00</c> from a day on.</summary>
    public override string ToString() =>
        Duration.Days > 0
            ? $"{Duration.Days}-{Duration.Hours:00}:{Duration.Minutes:00}:{Duration.Seconds:00}"
            : $"{Duration.Hours:00}:{Duration.Minutes:00}:{Duration.Seconds:00}";

    /// <summary>Shorter.</summary>
    public static bool operator <(Walltime a, Walltime b) => a.Duration < b.Duration;

    /// <summary>Longer.</summary>
    public static bool operator >(Walltime a, Walltime b) => a.Duration > b.Duration;

    /// <summary>Shorter or equal.</summary>
    public static bool operator <=(Walltime a, Walltime b) => a.Duration <= b.Duration;

    /// <summary>Longer or equal.</summary>
    public static bool operator >=(Walltime a, Walltime b) => a.Duration >= b.Duration;

    // "2d12h", "1.5h", "90 min": numbers each followed by a unit, units from large to small.
    private static TimeSpan? ParseUnits(string text)
    {
        var seconds = 0.0;
        var lastUnit = double.MaxValue;
        for (var at = 0; at < text.Length; )
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
                at++;
            if (!double.TryParse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture, out var number))
                return null;
            while (at < text.Length && text[at] == ' ')
                at++;
            start = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
                at++;
            if (UnitSeconds(text[start..at]) is not { } unit || unit >= lastUnit)
                return null;
            lastUnit = unit;
            seconds += number * unit;
            while (at < text.Length && text[at] == ' ')
                at++;
        }
        return seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double? UnitSeconds(string unit) =>
        unit switch
        {
            "w" or "week" or "weeks" => 604_800,
            "d" or "day" or "days" => 86_400,
            "h" or "hour" or "hours" => 3_600,
            "m" or "min" or "minute" or "minutes" => 60,
            "s" or "sec" or "second" or "seconds" => 1,
            _ => null,
        };

    // Without days: m, m:s, h:m:s. With days: d-h, d-h:m, d-h:m:s.
    private static TimeSpan? ParseSlurm(string text)
    {
        var days = 0L;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0 && !TryWhole(text[..dash], 3650, out days))
            return null;
        var parts = text[(dash + 1)..].Split(':');
        var numbers = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!TryWhole(parts[i], 5_256_000, out numbers[i]))
                return null;
        return (dash >= 0, numbers) switch
        {
            (false, [var m]) => TimeSpan.FromMinutes(m),
            (false, [var m, < 60 and var s]) => TimeSpan.FromSeconds((m * 60) + s),
            (false, [var h, < 60 and var m, < 60 and var s]) => TimeSpan.FromSeconds((h * 3600) + (m * 60) + s),
            (true, [< 24 and var h]) => TimeSpan.FromHours((days * 24) + h),
            (true, [< 24 and var h, < 60 and var m]) => TimeSpan.FromMinutes((days * 1440) + (h * 60) + m),
            (true, [< 24 and var h, < 60 and var m, < 60 and var s]) => TimeSpan.FromSeconds(
                (days * 86_400) + (h * 3600) + (m * 60) + s
            ),
            _ => null,
        };
    }

    private static bool TryWhole(string text, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
