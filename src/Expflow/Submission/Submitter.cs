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
    /// <summary>Writes the manifest of a plan. Nobody knows of it before <see cref="Events"/> stand in the journal.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public void Write(RunPlan plan, ManifestHeader header)
    {
        project.Prepare();
        ManifestFile.Write(project.Manifests, header, plan.ToManifest());
    }

    /// <summary>Submits a plan to this machine. Either all of it is wanted afterwards, or nothing is.</summary>
    public Checked<SubmissionId> Submit(
        RunPlan plan,
        SubmissionDecision decision,
        SubmittedCode code,
        IReadOnlyDictionary<RunId, RunHistory> histories
    )
    {
        try
        {
            var header = HeaderOf(plan, code);
            Write(plan, header);
            using var journal = JournalWriter.Open(project.Journal, host, time);
            journal.Append(Events(plan, decision, header.Submission, histories, Executor.Local));
            return header.Submission;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return NotWritten(refused);
        }
    }

    /// <summary>That the project can't be written.</summary>
    public Problem NotWritten(Exception refused) =>
        new(
            $"'{project.State}' can't be written: {refused.Message} Nothing was submitted. Make room or ask for the right to write there, and try again."
        );

    /// <summary>What a manifest says first.</summary>
    public ManifestHeader HeaderOf(RunPlan plan, SubmittedCode code) =>
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

    /// <summary>What becomes true when a plan is submitted.</summary>
    public IEnumerable<JournalEvent> Events(
        RunPlan plan,
        SubmissionDecision decision,
        SubmissionId submission,
        IReadOnlyDictionary<RunId, RunHistory> histories,
        Executor executor,
        PoolName? pool = null
    )
    {
        var now = time.GetUtcNow();
        yield return new JournalEvent.Submitted
        {
            At = now,
            Submission = submission,
            Experiment = plan.Experiment.Name,
            Runs = plan.Runs.Count,
            Executor = executor,
            Pool = pool,
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
