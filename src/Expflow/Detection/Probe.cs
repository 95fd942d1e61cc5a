using System.Globalization;

namespace Expflow.Detection;

/// <summary>Looks for one thing and waits so long and no longer, so that what hangs holds up nothing else.</summary>
/// <param name="limit">How long to wait for each.</param>
/// <param name="time">The clock.</param>
public sealed class Probe(TimeSpan limit, TimeProvider time)
{
    /// <summary>How long to wait for each.</summary>
    public TimeSpan Limit => limit;

    // To end a program that hangs takes a moment, and what it hung on is then known in its own words.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Waits for what gives up by itself within the limit, and a moment longer.</summary>
    public Task<Finding<T>> AskAsync<T>(Func<CancellationToken, Task<Finding<T>>> question) =>
        WaitAsync(question, limit + Grace);

    /// <summary>Looks on a thread of its own, which is left behind where the kernel holds it: a file system that is away answers to no signal.</summary>
    public Task<Finding<T>> LookAsync<T>(Func<Finding<T>> look) =>
        WaitAsync(
            _ =>
                Task.Factory.StartNew(
                    look,
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                ),
            limit
        );

    private async Task<Finding<T>> WaitAsync<T>(Func<CancellationToken, Task<Finding<T>>> question, TimeSpan most)
    {
        using var over = new CancellationTokenSource();
        try
        {
            return await question(over.Token).WaitAsync(most, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await over.CancelAsync().ConfigureAwait(false);
            return new Finding<T>.Unlearned(NoAnswerIn(most));
        }
    }

    internal static string NoAnswerIn(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"no answer in {time.TotalSeconds:0.#} s");
}
