using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Retries;

/// <summary>Why a failed attempt is left as it is, in words that say what could be done.</summary>
internal static class LeftWords
{
    public static string NoRule(string cause) =>
        RetryPolicy.KeyOf(cause) is { } key
            ? $"'retry' doesn't name {key}: 'retry: {{{key}: {{times: 1}}}}' in the file has it tried again"
            : cause switch
            {
                "cancelled" => "it was cancelled by its owner",
                "cancelled_by_admin" =>
                    "the site cancelled it, for a reason that only the site knows: 'expflow recover --all' runs it again",
                "dependency" => "it waits for another run",
                "missing_code" or "not_started" => "another try would miss the same",
                "disk_full" => "another try would find no more room",
                "check_failed" or "not_finite" => "another try with the same values would come out the same",
                "asked_too_often" => "it would ask again without getting on",
                _ => "nobody knows whether another try would help",
            };

    public static string UsedUp(string cause, int tries, int times) =>
        $"it was tried again {Times(tries)} after {cause}, and 'retry' allows {Times(times)}";

    /// <summary>Whole mebibytes at least, which is what people compare.</summary>
    public static string Size(long? bytes) =>
        MemorySize.FromBytes(Math.Max(1, ((bytes ?? 0) + (1 << 20) - 1) >> 20) << 20).ToString();

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
