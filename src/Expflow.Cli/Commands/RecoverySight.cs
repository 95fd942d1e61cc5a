using Expflow.Executors;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Retries;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Sees an experiment as recovery does.</summary>
/// <param name="project">The project.</param>
/// <param name="experiment">The experiment.</param>
internal sealed class RecoverySight(ProjectFolder project, SubmittedExperiment experiment)
{
    /// <summary>What is to be decided.</summary>
    /// <param name="runs">The runs that the experiment still asks for.</param>
    /// <param name="placeOf">Where a run stands with what is to carry it out.</param>
    /// <param name="limitsOf">The most that a stage can be given.</param>
    /// <param name="all">Also what the site cancelled, and what is held.</param>
    public RecoveryRequest RequestOf(
        IReadOnlyList<TrackedRun> runs,
        Func<TrackedRun, QueuePlace> placeOf,
        Func<Experiments.Stage, RetryLimits> limitsOf,
        bool all
    )
    {
        var stages = new Dictionary<(Expflow.Runs.SubmissionId, string), RecoveryStage?>();
        return new()
        {
            Runs = [.. runs.Select(run => new RecoveryRun(run, placeOf(run), HasSaved(run)))],
            All = all,
            StageOf = run =>
            {
                var key = (run.Submission, run.Run.Stage);
                if (!stages.TryGetValue(key, out var stage))
                    stages[key] = stage = experiment.StageWanted(run) is { } found
                        ? new RecoveryStage(found, limitsOf(found))
                        : null;
                return stage;
            },
        };
    }

    // Only where it matters: a look at the disk for each of 100,000 runs would take its time.
    private bool HasSaved(TrackedRun run)
    {
        if (
            run.History.Ended is not { Cause: "timed_out" or "again" or "requeued" or "stopped" }
            || run.History.State is RunState.Done
        )
            return false;
        var folder = new DirectoryInfo(AttemptFolder.CheckpointsOf(Path.Combine(project.Runs, run.Run.Folder)));
        var began = run.History.Started?.At.UtcDateTime ?? DateTime.MinValue;
        try
        {
            return folder.Exists
                && folder
                    .EnumerateFiles("*", SearchOption.AllDirectories)
                    // File systems round their times, and other hosts' clocks are not this one's.
                    .Any(file => file.Length > 0 && file.LastWriteTimeUtc >= began.AddSeconds(-2));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
