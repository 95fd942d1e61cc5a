using Expflow.Indexing;
using Expflow.Projects;
using Expflow.Queues;

namespace Expflow.Cli.Commands;

/// <summary>Puts in order what a killed submission left in a pool: batches whose submission the journal names become visible, others go. The caller holds the submit lock.</summary>
internal sealed class PoolDrafts(ProjectFolder project, RunIndex index)
{
    /// <exception cref="IOException">The project can't be written.</exception>
    public void Settle()
    {
        foreach (var pool in PoolFolder.All(project))
        foreach (var submission in QueueDrafts.Open(pool))
            if (index.IsSubmitted(submission))
                QueueDrafts.Publish(pool, submission);
            else
                QueueDrafts.Remove(pool, submission);
    }
}
