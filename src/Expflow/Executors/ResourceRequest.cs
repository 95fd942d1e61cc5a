namespace Expflow.Executors;

/// <summary>What one run takes of a machine while it runs.</summary>
/// <param name="Cores">At least 1.</param>
/// <param name="Memory">Bytes; 0 when the file doesn't say, and then nothing is counted or enforced.</param>
/// <param name="Gpus">0 for none.</param>
public readonly record struct ResourceRequest(int Cores, long Memory, int Gpus)
{
    /// <summary>Memory of each of its GPUs, in bytes; 0 when the file doesn't say.</summary>
    public long GpuMemory { get; init; }
}
