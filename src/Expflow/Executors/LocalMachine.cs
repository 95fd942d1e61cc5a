namespace Expflow.Executors;

/// <summary>The cores, memory and GPUs that may be given to runs, and what of them is free.</summary>
/// <remarks>Not safe for use from several threads: the queue's lock guards it.</remarks>
public sealed class LocalMachine
{
    private readonly Queue<string> freeGpus;
    private int freeCores;
    private long freeMemory;

    /// <summary>A machine of which nothing is given away yet.</summary>
    /// <param name="cores">How many cores may be used; at least 1.</param>
    /// <param name="memory">How many bytes may be used.</param>
    /// <param name="gpus">The GPUs that may be used, as <c>CUDA_VISIBLE_DEVICES</c> names them.</param>
    public LocalMachine(int cores, long memory, IReadOnlyList<string> gpus)
    {
        Cores = freeCores = cores;
        Memory = freeMemory = memory;
        Gpus = gpus;
        freeGpus = new(gpus);
    }

    /// <summary>All cores that may be used.</summary>
    public int Cores { get; }

    /// <summary>All memory that may be used, in bytes.</summary>
    public long Memory { get; }

    /// <summary>All GPUs that may be used.</summary>
    public IReadOnlyList<string> Gpus { get; }

    /// <summary>Why a request can never be met here, in a sentence; null when it can.</summary>
    public string? WhyNever(ResourceRequest request)
    {
        if (request.Cores > Cores)
            return $"asks for {request.Cores} cores, and this machine has {Cores}";
        if (request.Memory > Memory)
            return $"asks for {request.Memory >> 20}M of memory, and this machine has {Memory >> 20}M";
        return request.Gpus > Gpus.Count ? $"asks for {request.Gpus} GPUs, and this machine has {Gpus.Count}" : null;
    }

    /// <summary>Takes a share when there is room for it now.</summary>
    public MachineShare? TryTake(ResourceRequest request)
    {
        if (request.Cores > freeCores || request.Memory > freeMemory || request.Gpus > freeGpus.Count)
            return null;
        freeCores -= request.Cores;
        freeMemory -= request.Memory;
        var gpus = new string[request.Gpus];
        for (var i = 0; i < gpus.Length; i++)
            gpus[i] = freeGpus.Dequeue();
        return new(request, gpus);
    }

    /// <summary>Gives a share back. Once for each that was taken.</summary>
    public void Return(MachineShare share)
    {
        freeCores += share.Request.Cores;
        freeMemory += share.Request.Memory;
        foreach (var gpu in share.Gpus)
            freeGpus.Enqueue(gpu);
    }
}
