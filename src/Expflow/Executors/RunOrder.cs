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

    /// <summary>Its last attempt that was known of when the order was made; 0 for none.</summary>
    public int After { get; init; }

    /// <summary>Where it comes among others that ask for the same: lower ones go first; 0 leaves it to the order in which they came.</summary>
    public int Rank { get; init; }

    /// <summary>CPU cores: the stage's, or what recovery has made of it.</summary>
    public int? Cpus { get; init; } = Stage.Resources.Cpus;

    /// <summary>Memory of each of its GPUs, in bytes; 0 when it isn't said.</summary>
    public long GpuMemory { get; init; }

    /// <summary>The most cores that count as its own, where the agent was told how many runs it has at once; null for no limit.</summary>
    public int? MostCores { get; init; }

    /// <summary>True when its outputs go into segment files.</summary>
    public bool IsPacked => Experiment.Keep == KeepOutputs.Packed;

    /// <summary>What it takes of the machine.</summary>
    public ResourceRequest Request =>
        new(Math.Min(Cpus ?? 1, MostCores ?? int.MaxValue), Memory ?? 0, Stage.Resources.Gpus?.Count ?? 0)
        {
            GpuMemory = GpuMemory,
        };

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
