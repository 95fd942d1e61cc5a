namespace Expflow.Executors;

/// <summary>The cores, memory and GPUs that may be given to runs, and what of them is free.</summary>
/// <remarks>Not safe for use from several threads: the queue's lock guards it.</remarks>
public sealed class LocalMachine
{
    private readonly SharedGpu[] shared;
    private int freeCores;
    private long freeMemory;
    private long turns;

    /// <summary>A machine of which nothing is given away yet.</summary>
    /// <param name="cores">How many cores may be used; at least 1.</param>
    /// <param name="memory">How many bytes may be used.</param>
    /// <param name="gpus">The GPUs that may be used, as <c>CUDA_VISIBLE_DEVICES</c> names them.</param>
    /// <param name="runsPerGpu">How many runs may share one; at least 1.</param>
    /// <param name="gpuMemory">Bytes of each GPU, for runs that say how much they need; 0 when nobody knows.</param>
    public LocalMachine(
        int cores,
        long memory,
        IReadOnlyList<string> gpus,
        int runsPerGpu = 1,
        IReadOnlyList<long>? gpuMemory = null
    )
    {
        Cores = freeCores = cores;
        Memory = freeMemory = memory;
        Gpus = gpus;
        shared = [.. gpus.Index().Select(gpu => new SharedGpu(gpu.Item, runsPerGpu, gpuMemory?[gpu.Index] ?? 0))];
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
        if (request.Gpus > Gpus.Count)
            return $"asks for {request.Gpus} GPUs, and this machine has {Gpus.Count}";
        return shared.Count(gpu => gpu.CouldTake(request.GpuMemory)) < request.Gpus
            ? $"asks for {request.GpuMemory >> 20}M of GPU memory, and the GPUs of this machine have {shared.Max(gpu => gpu.Memory) >> 20}M"
            : null;
    }

    /// <summary>Takes a share when there is room for it now. Several GPUs are several different ones.</summary>
    public MachineShare? TryTake(ResourceRequest request)
    {
        if (request.Cores > freeCores || request.Memory > freeMemory || request.Gpus > shared.Length)
            return null;
        var chosen = Choose(request);
        if (chosen.Count < request.Gpus)
            return null;
        freeCores -= request.Cores;
        freeMemory -= request.Memory;
        foreach (var gpu in chosen)
            gpu.Take(request.GpuMemory);
        return new(request, [.. chosen.Select(gpu => gpu.Name)]);
    }

    /// <summary>Gives a share back. Once for each that was taken.</summary>
    public void Return(MachineShare share)
    {
        freeCores += share.Request.Cores;
        freeMemory += share.Request.Memory;
        foreach (var name in share.Gpus)
            Array.Find(shared, gpu => gpu.Name == name)!.Return(share.Request.GpuMemory, ++turns);
    }

    // The emptiest first, so that runs share a GPU only when each has one; of equals the one that was free for longest, which is the coolest.
    private List<SharedGpu> Choose(ResourceRequest request) =>
        request.Gpus == 0
            ? []
            :
            [
                .. shared
                    .Where(gpu => gpu.HasRoom(request.GpuMemory))
                    .OrderBy(gpu => gpu.Runs)
                    .ThenBy(gpu => gpu.ReturnedAt)
                    .Take(request.Gpus),
            ];

    private sealed class SharedGpu
    {
        private readonly int most;
        private long free;

        public SharedGpu(string name, int most, long memory) =>
            (Name, this.most, Memory, free) = (name, most, memory, memory);

        public string Name { get; }
        public long Memory { get; }
        public int Runs { get; private set; }
        public long ReturnedAt { get; private set; }

        // Where nobody knows how much there is, the number of runs is the only limit.
        public bool CouldTake(long bytes) => Memory == 0 || bytes <= Memory;

        public bool HasRoom(long bytes) => Runs < most && (Memory == 0 || bytes <= free);

        public void Take(long bytes)
        {
            Runs++;
            free -= bytes;
        }

        public void Return(long bytes, long turn)
        {
            Runs--;
            free += bytes;
            ReturnedAt = turn;
        }
    }
}
