using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Runs that were submitted before and are to go out now: with the code and the settings of their own submission, since what is queued can't change.</summary>
internal sealed class EarlierRuns(ProjectFolder project)
{
    private readonly Dictionary<SubmissionId, (ManifestHeader Header, Experiment Experiment)?> submissions = [];

    /// <summary>The runs, ready to be sent. One whose manifest can't be read any more is left out.</summary>
    public IEnumerable<WantedRun> Of(WantedRuns build, IEnumerable<TrackedRun> runs)
    {
        foreach (var run in runs)
            if (Find(run.Submission) is var (header, experiment) && experiment.Stage(run.Run.Stage) is { } stage)
                yield return build.Of(run.Run, stage, header, run.History);
    }

    /// <summary>What a submission said; null when its manifest can't be read.</summary>
    public (ManifestHeader Header, Experiment Experiment)? Find(SubmissionId submission)
    {
        if (!submissions.TryGetValue(submission, out var known))
            submissions[submission] = known = Read(submission);
        return known;
    }

    private (ManifestHeader, Experiment)? Read(SubmissionId submission) =>
        ManifestFile.ReadHeader(project.Manifests, submission) is { } header
        && ExperimentReader.ReadResolved(header.Resolved, header.File).TryGet(out var experiment)
            ? (header, experiment)
            : null;
}
