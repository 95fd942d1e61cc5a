namespace Expflow.Executors;

/// <summary>What a run was given.</summary>
/// <param name="Request">What it had asked for.</param>
/// <param name="Gpus">The GPUs that are its own while it runs, as <c>CUDA_VISIBLE_DEVICES</c> names them.</param>
public sealed record MachineShare(ResourceRequest Request, IReadOnlyList<string> Gpus)
{
    /// <summary>False inside a job, where Slurm has told the command which GPUs are its own.</summary>
    public bool TellsGpus { get; init; } = true;
}
