using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Retries;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Recovery of runs that this machine carries out: the order is written down, and the local agent sees to it.</summary>
internal sealed class LocalRecovery(Composition with, ProjectFolder project)
{
    public RecoveryPlan Plan(RunIndex index, string experiment, bool all)
    {
        var submitted = new SubmittedExperiment(project, index, experiment);
        var reading = new StatusReading(project, index);
        // One node, and all of it: what is asked for beyond it can't be given.
        var limits = new RetryLimits { MemoryPerNode = new MachineFacts().Memory, Nodes = 1 };
        var request = new RecoverySight(project, submitted).RequestOf(
            [.. reading.All(experiment).Select(one => one.Run)],
            run => PlaceOf(run, reading.Agent is not null),
            _ => limits,
            all
        );
        // A local agent holds nothing: it starts the next as soon as there is room.
        return RecoveryPlan.For(request with { Alike = int.MaxValue });
    }

    /// <summary>What recovery would decide about one run, as far as the journal tells; null when it gets on by itself.</summary>
    /// <param name="index">The index.</param>
    /// <param name="run">The run.</param>
    /// <param name="limitsOf">The most that a stage can be given where it runs.</param>
    public RecoveryDecision? DecisionFor(RunIndex index, TrackedRun run, Func<Experiments.Stage, RetryLimits> limitsOf)
    {
        if (run.History.State is RunState.Done or RunState.Running)
            return null;
        var submitted = new SubmittedExperiment(project, index, run.Experiment);
        var request = new RecoverySight(project, submitted).RequestOf(
            submitted.Runs,
            // Whether anything will start it is not asked here.
            other => PlaceOf(other, hasAgent: true),
            limitsOf,
            all: false
        );
        return RecoveryPlan.For(request).Decisions.FirstOrDefault(one => one.Run.Run.Run.Id == run.Run.Id);
    }

    /// <summary>Has it done.</summary>
    /// <returns>What stands in the way, in a sentence; null when it is on its way.</returns>
    public async Task<string?> CarryOutAsync(RecoveryPlan plan)
    {
        using (var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time))
            journal.Append(plan.Events(with.Time.GetUtcNow()));
        return plan.Groups.Count == 0 ? null
            : await new Following(with, project).EnsureAgentAsync() is { } reason
                ? $"The local agent can't be started: {reason}"
            : null;
    }

    // The agent takes up whatever is pending, and what a dead one left running.
    private static QueuePlace PlaceOf(TrackedRun run, bool hasAgent) =>
        run.History.State switch
        {
            RunState.Running => QueuePlace.Running,
            RunState.Pending when hasAgent => QueuePlace.Waiting,
            _ => QueuePlace.Absent,
        };
}
