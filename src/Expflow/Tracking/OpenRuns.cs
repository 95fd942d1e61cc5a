namespace Expflow.Tracking;

/// <summary>The runs of an experiment that have not ended: one by one where there is something to tell them apart, else counted.</summary>
/// <param name="Tasks">Those to which something has happened, and those that the newest submission doesn't name.</param>
/// <param name="Untouched">Of the newest submission, what nothing has happened to yet: there can be 100,000 of them.</param>
public sealed record OpenRuns(IReadOnlyList<OpenTask> Tasks, IReadOnlyList<UntouchedTasks> Untouched)
{
    /// <summary>No run at all.</summary>
    public static OpenRuns None { get; } = new([], []);
}
