using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Slurm;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>
/// What a command does for a pool before it looks at it: batches of a submission that was killed half-way become visible, and what agents left behind that are
/// dead by Slurm's word goes back into the queue. So a pool is put right though none of its agents lives.
/// </summary>
internal sealed class PoolRound(Composition with, ProjectFolder project, RunIndex index)
{
    /// <summary>One round. Whoever may only look changes nothing; somebody who may write will look, too.</summary>
    public async Task RunAsync(PoolFolder pool)
    {
        try
        {
            foreach (var submission in QueueDrafts.Open(pool))
                if (index.IsSubmitted(submission))
                    QueueDrafts.Publish(pool, submission);
            var dead = new DeadAgents(
                with.Slurm().With(SlurmPatience.Short),
                with.Time,
                Composition.Host,
                QueueInterval.Of(with.Environment(QueueInterval.Variable))
            );
            if (
                await PoolReaper.PutRightAsync(
                    Setup(),
                    pool,
                    dead,
                    () => JournalWriter.Open(project.Journal, Composition.Host, with.Time)
                ) > 0
            )
                index.Refresh();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
    }

    private AgentSetup Setup() =>
        new()
        {
            Project = project,
            Host = Composition.Host,
            // It carries nothing out.
            Machine = new(1, 0, []),
            Environment = new Dictionary<string, string>(),
            Time = with.Time,
            Random = with.Random,
            ReadExperiment = resolved =>
                ExperimentReader.ReadResolved(resolved, "batch").TryGet(out var experiment) ? experiment : null,
            Log = _ => { },
        };
}
