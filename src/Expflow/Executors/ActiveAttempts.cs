using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>The attempts whose commands run now.</summary>
internal sealed class ActiveAttempts
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunId, ActiveAttempt> attempts = [];

    public void Add(ActiveAttempt attempt)
    {
        lock (gate)
            attempts[attempt.Order.Run.Id] = attempt;
    }

    public void Remove(ActiveAttempt attempt)
    {
        lock (gate)
            attempts.Remove(attempt.Order.Run.Id);
    }

    public ActiveAttempt? Find(RunId run)
    {
        lock (gate)
            return attempts.GetValueOrDefault(run);
    }

    /// <summary>All of them as they are at this moment.</summary>
    public IReadOnlyList<ActiveAttempt> Now()
    {
        lock (gate)
            return attempts.Count == 0 ? [] : [.. attempts.Values];
    }
}
