using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Parameters;
using Expflow.Runs;
using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>A run that an agent has to bring to an end, with all that it takes to start it.</summary>
/// <param name="Run">What the manifest says.</param>
/// <param name="Submission">The submission that wants it.</param>
/// <param name="Experiment">The experiment as that submission has resolved it.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Code">The folder that commands start in.</param>
/// <param name="Upstream">The run folders, absolute, of each stage that it needs, those further up included.</param>
public sealed record RunOrder(
    ManifestRun Run,
    SubmissionId Submission,
    Experiment Experiment,
    Stage Stage,
    string Code,
    Func<string, IReadOnlyList<string>> Upstream
)
{
    /// <summary>The run's parameters.</summary>
    public ParameterSet Parameters { get; } = ParameterText.Read(Run.Parameters);

    /// <summary>Memory for the next attempt: the stage's, or what recovery has made of it.</summary>
    public long? Memory { get; init; } = Stage.Resources.Memory?.Bytes;

    /// <summary>Walltime for the next attempt: the stage's, or what recovery has made of it.</summary>
    public TimeSpan? Walltime { get; init; } = Stage.Resources.Walltime?.Duration;

    /// <summary>True when its outputs go into segment files.</summary>
    public bool IsPacked => Experiment.Keep == KeepOutputs.Packed;

    /// <summary>What it takes of the machine.</summary>
    public ResourceRequest Request => new(Stage.Resources.Cpus ?? 1, Memory ?? 0, Stage.Resources.Gpus?.Count ?? 0);

    /// <summary>The declared outputs with this run's parameters filled in.</summary>
    public IReadOnlyList<string> OutputNames(AttemptPlace place)
    {
        var values = new TemplateValues
        {
            Parameters = Parameters,
            RunId = Run.Id.ToString(),
            RunFolder = place.RunFolder,
            CodeFolder = Code,
            ProjectFolder = Code,
            ParametersFile = AttemptFolder.ParametersOf(place.RunFolder),
        };
        return [.. Stage.Outputs.Select(output => output.RenderPlain(values))];
    }
}
