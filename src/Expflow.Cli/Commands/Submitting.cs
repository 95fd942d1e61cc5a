using Expflow.Manifests;
using Expflow.Planning;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Snapshots;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>What <c>run</c>, <c>submit</c> and <c>retry</c> have in common: code is frozen, the manifest written, and the user told what is new.</summary>
internal sealed class Submitting(Composition with)
{
    /// <summary>What came of it.</summary>
    /// <param name="Decision">What was to be done with each run.</param>
    /// <param name="Submission">The new submission; null when nothing was added.</param>
    public sealed record Result(SubmissionDecision Decision, SubmissionId? Submission);

    /// <summary>Submits a plan.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="again">Which runs that have ended are to be run again.</param>
    public async Task<Checked<Result>> SubmitAsync(
        ExperimentInput.Planned planned,
        Func<PlannedRun, RunHistory, bool> again
    )
    {
        var histories = Histories(planned.Project, planned.Experiment.Name);
        var decision = SubmissionDecision.For(planned.Plan, histories, again);
        if (!decision.AddsSomething)
            return new Result(decision, null);
        if (AssumedRuns.NotDone(planned.Plan, decision, histories) is { Count: > 0 } missing)
            return Checked<Result>.Failed(missing);
        var frozen = await FreezeAsync(planned);
        if (!frozen.TryGet(out var code))
            return Checked<Result>.Failed(frozen.Problems);
        var submitter = new Submitter(planned.Project, Composition.Host, BuildVersion.Text, with.Time, with.Random);
        var submitted = submitter.Submit(planned.Plan, decision, code, histories);
        return submitted.TryGet(out var submission)
            ? new Result(decision, submission)
            : Checked<Result>.Failed(submitted.Problems);
    }

    private Dictionary<RunId, RunHistory> Histories(ProjectFolder project, string experiment)
    {
        using var index = with.OpenIndex(project);
        return index.Runs(experiment).ToDictionary(run => run.Run.Id, run => run.History);
    }

    /// <summary>Freezes the code that runs execute, when the experiment wants that.</summary>
    public async Task<Checked<SubmittedCode>> FreezeAsync(ExperimentInput.Planned planned)
    {
        var live = new SubmittedCode(planned.Project.Root, null);
        if (!planned.Experiment.Snapshot)
            return live;
        switch (await new CodeFreezer(planned.Project, with.Time).FreezeAsync())
        {
            case SnapshotOutcome.Frozen(var snapshot):
                foreach (var warning in snapshot.Warnings)
                    with.Terminal.Warn(warning);
                return new SubmittedCode(snapshot.WorkingDirectory, VersionOf(planned.Project, snapshot));
            case SnapshotOutcome.NoRepository(var reason):
                with.Terminal.Warn(reason);
                return live;
            case SnapshotOutcome.Refused(var reason):
                return new Problem(reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static ManifestCode VersionOf(ProjectFolder project, Snapshot snapshot) =>
        new(
            snapshot.Tree,
            snapshot.Commit,
            snapshot.Branch,
            snapshot.Dirty,
            snapshot.DiffFile is { } diff ? Path.GetRelativePath(project.State, diff) : null
        );
}
