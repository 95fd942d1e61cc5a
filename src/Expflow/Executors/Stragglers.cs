using Expflow.Contract;
using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>
/// Processes that left their run's session and live on after it: they are ended, as Slurm ends what a job leaves behind. Looking for them costs a pass
/// over <c>/proc</c>, so attempts are collected and looked up together.
/// </summary>
internal sealed class Stragglers
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private HashSet<string> ended = [];
    private long lookedAt;

    /// <summary>An attempt has ended; what is left of it is to be looked for.</summary>
    public void Note(string token)
    {
        lock (gate)
            ended.Add(token);
    }

    /// <summary>Ends what is found, when the last look is long enough ago.</summary>
    public void EndNowAndThen(TimeProvider time)
    {
        if (time.GetElapsedTime(lookedAt) < BetweenLooks)
            return;
        lookedAt = time.GetTimestamp();
        End();
    }

    /// <summary>Ends everything that attempts noted since the last look have left behind.</summary>
    public void End()
    {
        HashSet<string> tokens;
        lock (gate)
            (tokens, ended) = (ended, []);
        if (tokens.Count == 0)
            return;
        foreach (var (_, token) in ProcessMarks.Find(EnvironmentNames.AttemptToken))
            if (tokens.Remove(token))
                ProcessTree.Kill(0, EnvironmentNames.AttemptToken, token);
    }
}
