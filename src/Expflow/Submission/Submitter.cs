using Expflow.Documents;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Planning;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>Writes down what is to be done: the manifest first, then that it is wanted. Starts nothing.</summary>
/// <param name="project">The project.</param>
/// <param name="host">This machine's name.</param>
/// <param name="version">The version of Expflow.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Where ids come from.</param>
public sealed class Submitter(ProjectFolder project, string host, string version, TimeProvider time, Random random)
{
    /// <summary>Submits a plan. Either all of it is wanted afterwards, or nothing is.</summary>
    public Checked<SubmissionId> Submit(
        RunPlan plan,
        SubmissionDecision decision,
        SubmittedCode code,
        IReadOnlyDictionary<RunId, RunHistory> histories
    )
    {
        try
        {
            project.Prepare();
            var header = HeaderOf(plan, code);
            ManifestFile.Write(project.Manifests, header, plan.ToManifest());
            using var journal = JournalWriter.Open(project.Journal, host, time);
            journal.Append(Events(plan, decision, header.Submission, histories));
            return header.Submission;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem(
                $"'{project.State}' can't be written: {refused.Message} Nothing was submitted. Make room or ask for the right to write there, and try again."
            );
        }
    }

    private ManifestHeader HeaderOf(RunPlan plan, SubmittedCode code) =>
        new()
        {
            Submission = SubmissionId.New(time, random),
            Experiment = plan.Experiment.Name,
            Description = plan.Experiment.Description,
            Tags = plan.Experiment.Tags,
            At = time.GetUtcNow(),
            Expflow = version,
            // From wherever it is looked for again, the project is found.
            File = Path.GetRelativePath(project.Root, Path.GetFullPath(plan.Experiment.File)),
            Options =
            [
                .. plan
                    .Experiment.Origins.Select(origin => origin.Source)
                    .OfType<ValueSource.Option>()
                    .Select(option => option.Text)
                    .Distinct(),
            ],
            Resolved = plan.Experiment.Resolved,
            Code = code.Folder,
            Version = code.Version,
        };

    private IEnumerable<JournalEvent> Events(
        RunPlan plan,
        SubmissionDecision decision,
        SubmissionId submission,
        IReadOnlyDictionary<RunId, RunHistory> histories
    )
    {
        var now = time.GetUtcNow();
        yield return new JournalEvent.Submitted
        {
            At = now,
            Submission = submission,
            Experiment = plan.Experiment.Name,
            Runs = plan.Runs.Count,
        };
        foreach (var run in decision.Again)
            yield return new JournalEvent.Requeued
            {
                At = now,
                Run = run,
                Turn = histories[run].Turn + 1,
                After = histories[run].Attempt,
                Reason = "run again on request",
            };
    }
}
