using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>Counts how often a run asks to be run again without having saved anything: that would go on for ever.</summary>
internal sealed class FruitlessTries(AgentSetup setup)
{
    private const int Most = 3;
    private readonly Dictionary<RunId, int> counts = [];

    /// <summary>The end that stops a run which has asked once too often; null while it may go on.</summary>
    /// <param name="order">The run.</param>
    /// <param name="ended">The end with which it asked.</param>
    /// <param name="isStopping">Whether it was the agent that asked the run to end.</param>
    public JournalEvent.AttemptEnded? EndOf(RunOrder order, JournalEvent.AttemptEnded ended, bool isStopping)
    {
        if (ended.Cause != "again" || isStopping)
            return null;
        var run = order.Run.Id;
        counts[run] = HasSaved(order, ended) ? 0 : counts.GetValueOrDefault(run) + 1;
        if (counts[run] <= Most)
            return null;
        // The attempt's end stands; one more attempt that never starts says why there is no other.
        var diagnosis = new Diagnosis.AskedTooOften(counts[run]);
        return ended with
        {
            Attempt = ended.Attempt + 1,
            Outcome = AttemptOutcome.Failed,
            Cause = diagnosis.Cause,
            Reason = diagnosis.Words,
        };
    }

    /// <summary>True when the attempt has left something in the run's checkpoints.</summary>
    // A second more than the attempt took: file systems round their times.
    public bool HasSaved(RunOrder order, JournalEvent.AttemptEnded ended)
    {
        var checkpoints = new DirectoryInfo(AttemptFolder.CheckpointsOf(setup.FolderOf(order.Run)));
        var began = setup.Time.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds((ended.Elapsed ?? 0) + 1);
        return checkpoints.Exists
            && checkpoints.EnumerateFiles("*", SearchOption.AllDirectories).Any(file => file.LastWriteTimeUtc >= began);
    }
}
