using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Parameters;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Templates;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Looks whether the outputs that finished runs had to leave are still there.</summary>
internal sealed class DeclaredOutputs(ProjectFolder project)
{
    private readonly Dictionary<SubmissionId, Experiment?> experiments = [];

    /// <summary>The run's declared outputs that are not there, or are empty. Packed runs keep none.</summary>
    public IReadOnlyList<string> Missing(TrackedRun run)
    {
        var submission = run.History.Started?.Submission ?? run.Submission;
        if (Of(submission) is not { Keep: KeepOutputs.Files } experiment)
            return [];
        if (experiment.Stage(run.Run.Stage) is not { Outputs.Count: > 0 } stage)
            return [];
        var folder = Path.Combine(project.Runs, run.Run.Folder);
        var values = new TemplateValues
        {
            Parameters = ParameterText.Read(run.Run.Parameters),
            RunId = run.Run.Id.ToString(),
            RunFolder = folder,
            CodeFolder = project.Root,
            ProjectFolder = project.Root,
            ParametersFile = AttemptFolder.ParametersOf(folder),
        };
        return OutputProof.Missing(folder, [.. stage.Outputs.Select(output => output.RenderPlain(values))]);
    }

    private Experiment? Of(SubmissionId submission)
    {
        if (experiments.TryGetValue(submission, out var known))
            return known;
        var header = ManifestFile.ReadHeader(project.Manifests, submission);
        var read = header is null ? null : ExperimentReader.ReadResolved(header.Resolved, "manifest");
        return experiments[submission] = read?.TryGet(out var experiment) is true ? experiment : null;
    }
}
