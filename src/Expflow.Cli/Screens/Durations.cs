namespace Expflow.Cli.Screens;

/// <summary>Durations as people say them.</summary>
internal static class Durations
{
    /// <summary><c>0.3 s</c>, <c>12 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>, <c>3 d 04 h</c>.</summary>
    public static string Words(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 10 } => $"{time.TotalSeconds:0.0} s",
            { TotalSeconds: < 100 } => $"{time.TotalSeconds:0} s",
            { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
            { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes:00} min",
            _ => $"{time.Days} d {time.Hours:00} h",
        };
}
