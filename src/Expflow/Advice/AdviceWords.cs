using System.Globalization;

namespace Expflow.Advice;

/// <summary>What advice stands on, in words.</summary>
internal static class AdviceWords
{
    private const int Few = 10;

    public static string Of(string key, Evidence evidence, DriverAdvice? driver, int finished)
    {
        if (evidence.Measured is not { } measured)
            return evidence.OutgrownAt is { } limit ? $"{Want(key, evidence.Outgrown, limit)}" : Unknown(finished);
        var words = $"from {(measured.Count < Few ? "only " : "")}{Runs(measured.Count)}";
        if (driver is { Matters: true })
            words += $", the most that a value of {driver.Parameter} takes";
        return evidence.OutgrownAt is { } outgrown ? $"{words}; {Want(key, evidence.Outgrown, outgrown)}" : words;
    }

    /// <summary><c>1 run</c>, <c>1,200 runs</c>.</summary>
    public static string Runs(int number) =>
        number == 1 ? "1 run" : $"{number.ToString("#,0", CultureInfo.InvariantCulture)} runs";

    private static string Unknown(int finished) =>
        finished == 0 ? "unknown: no run has finished" : $"unknown: {Runs(finished)} finished, none of them measured";

    private static string Want(string key, int runs, double limit) =>
        $"{Runs(runs)} {(key == ResourceText.Memory ? "ran out of memory at" : "timed out after")} {ResourceText.Show(key, limit)} and {(runs == 1 ? "was" : "were")} not done with more";
}
