using System.Globalization;

namespace Expflow.Detection;

/// <summary>Looks for one thing and waits so long and no longer, so that what hangs holds up nothing else.</summary>
/// <param name="limit">How long to wait for each.</param>
/// <param name="time">The clock.</param>
public sealed class Probe(TimeSpan limit, TimeProvider time)
{
    /// <summary>How long to wait for each.</summary>
    public TimeSpan Limit => limit;

    /// <summary>Waits for what knows by itself when to give up, and gives up a little later where it doesn't.</summary>
    public async Task<Finding<T>> AskAsync<T>(Func<CancellationToken, Task<Finding<T>>> question)
    {
        using var over = new CancellationTokenSource();
        try
        {
            return await question(over.Token)
                .WaitAsync(limit * 1.2, time, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await over.CancelAsync().ConfigureAwait(false);
            return new Finding<T>.Unlearned(NoAnswerIn(limit));
        }
    }

    /// <summary>Looks on a thread of its own, which is left behind where the kernel holds it: a file system that is away answers to no signal.</summary>
    public Task<Finding<T>> LookAsync<T>(Func<Finding<T>> look) =>
        AskAsync(_ =>
            Task.Factory.StartNew(look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        );

    internal static string NoAnswerIn(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"no answer in {time.TotalSeconds:0.#} s");
}
