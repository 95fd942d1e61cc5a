using System.Text.RegularExpressions;

namespace Expflow.Slurm;

/// <summary>What <c>sdiag</c> says of the controller.</summary>
/// <param name="Requests">Requests by kind: <c>REQUEST_JOB_INFO_SINGLE</c>.</param>
/// <param name="Numbers">All numbers of the head, by the words before them: <c>Agent queue size</c>, <c>Jobs pending</c>, <c>Server thread count</c>.</param>
public sealed partial record Diagnostics(
    IReadOnlyDictionary<string, RequestCount> Requests,
    IReadOnlyDictionary<string, long> Numbers
)
{
    /// <summary>How many requests of a kind; 0 where there were none.</summary>
    public long CountOf(string request) => Requests.GetValueOrDefault(request)?.Count ?? 0;

    internal static Diagnostics Read(string text)
    {
        var requests = new Dictionary<string, RequestCount>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
            if (Request().Match(line) is { Success: true } request)
                requests[request.Groups["name"].Value] = new(
                    Of(request, "count"),
                    Of(request, "mean"),
                    Of(request, "total")
                );
            else if (Number().Match(line) is { Success: true } number)
                numbers.TryAdd(number.Groups["name"].Value, Of(number, "value"));
        return new(requests, numbers);
    }

    private static long Of(Match match, string group) => SlurmTime.Number(match.Groups[group].Value) ?? 0;

    [GeneratedRegex(
        @"^\s+(?<name>[A-Z][A-Z0-9_]+)\s+\(\s*\d+\)\s+count:(?<count>\d+)\s+ave_time:(?<mean>\d+)\s+total_time:(?<total>\d+)"
    )]
    private static partial Regex Request();

    [GeneratedRegex(@"^\s*(?<name>[A-Z][^:]*?):\s+(?<value>\d+)\s*$")]
    private static partial Regex Number();
}

/// <summary>Requests of one kind.</summary>
/// <param name="Count">How many.</param>
/// <param name="MeanMicroseconds">What one took the controller, in microseconds.</param>
/// <param name="TotalMicroseconds">What all took it, in microseconds.</param>
public sealed record RequestCount(long Count, long MeanMicroseconds, long TotalMicroseconds);
