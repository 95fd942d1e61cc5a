using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>What an agent of a pool has to know of runs that others carry out, read from the journal only when it matters: who is cancelled, and what is done.</summary>
/// <remarks>A few bytes a run, so that an agent that works through 100,000 stays small.</remarks>
internal sealed class PoolNews(string journal)
{
    private readonly JournalFolder folder = new(journal);
    private readonly Dictionary<RunId, int> cancelled = [];
    private readonly Dictionary<RunId, (int Done, int Again)> ends = [];

    /// <summary>Reads what has come in.</summary>
    /// <exception cref="IOException">The journal can't be read.</exception>
    public void Read()
    {
        var news = JournalNews.OfKinds("attempt_ended", "cancelled", "requeued");
        folder.ReadNew(news);
        foreach (var happened in news.Events)
            Take(happened);
    }

    /// <summary>Whether the user doesn't want the run any more, as far as has been read.</summary>
    /// <param name="run">The run.</param>
    /// <param name="turn">The last change of mind that is known otherwise.</param>
    public bool IsCancelled(RunId run, int turn) => cancelled.TryGetValue(run, out var at) && at > turn;

    /// <summary>Whether a run has ended well, and nobody has asked for it again, as far as has been read.</summary>
    public bool IsDone(RunId run) => ends.TryGetValue(run, out var end) && end.Done > end.Again;

    private void Take(JournalEvent happened)
    {
        switch (happened)
        {
            case JournalEvent.Cancelled { Run: var run, Turn: var turn }:
                cancelled[run] = Math.Max(turn, cancelled.GetValueOrDefault(run));
                break;
            case JournalEvent.AttemptEnded { Run: var run, Outcome: AttemptOutcome.Done, Attempt: var attempt }:
                ends[run] = ends.GetValueOrDefault(run) with
                {
                    Done = Math.Max(attempt, ends.GetValueOrDefault(run).Done),
                };
                break;
            case JournalEvent.Requeued { Run: var run, After: var after }:
                ends[run] = ends.GetValueOrDefault(run) with
                {
                    Again = Math.Max(after, ends.GetValueOrDefault(run).Again),
                };
                break;
        }
    }
}
