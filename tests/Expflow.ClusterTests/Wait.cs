using System.Diagnostics;

namespace Expflow.ClusterTests;

/// <summary>Waiting for what a cluster does in its own time.</summary>
internal static class Wait
{
    /// <summary>Looks every 0.1 s until it holds. After <paramref name="seconds"/> it gives up, and tells all that <paramref name="describe"/> knows.</summary>
    public static async Task For(
        Func<string> condition,
        Func<Task<bool>> holds,
        double seconds,
        params Func<Task<string>>[] describe
    )
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Delay(100))
        {
            if (waited.Elapsed.TotalSeconds < seconds)
                continue;
            var told = await Task.WhenAll(describe.Select(one => one()));
            throw new TimeoutException(
                $"After {seconds} s it still doesn't hold that {condition()}.\n{string.Join('\n', told)}"
            );
        }
    }
}
