using System.CommandLine;
using Expflow.Executors;
using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary>The options of <c>expflow agent</c> that make it work for a pool.</summary>
internal sealed class PoolAgentOptions
{
    private readonly Option<string?> pool = new("--pool")
    {
        Description = "Take runs from the queue of this pool.",
        HelpName = "name",
    };

    private readonly Option<int?> workers = new("--workers")
    {
        Description = "Carry out so many runs at once. Otherwise as many as cores, memory and GPUs allow.",
        HelpName = "number",
    };

    private readonly Option<int> workersPerGpu = new("--workers-per-gpu")
    {
        Description = "Let so many runs share a GPU.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> idle = new("--idle")
    {
        Description = "Seconds without anything to do after which the allocation is given back.",
        HelpName = "seconds",
        DefaultValueFactory = _ => new PoolTerms().Idle.TotalSeconds,
    };

    private readonly Option<double> lead = new("--lead")
    {
        Description = "Seconds before the end of the job by which everything that is started has to be over.",
        HelpName = "seconds",
        DefaultValueFactory = _ => new PoolTerms().Lead.TotalSeconds,
    };

    private readonly Option<string?> gpuType = new("--gpu-type")
    {
        Description = "The type of the GPUs, as Slurm names it.",
        HelpName = "type",
    };

    private readonly Option<string?> gpuMemory = new("--gpu-memory")
    {
        Description = "Memory of each GPU, where nvidia-smi doesn't tell it: 48G.",
        HelpName = "amount",
    };

    private readonly Option<bool> mps = new("--mps")
    {
        Description = "Run NVIDIA's multi-process service for all runs.",
    };

    public void AddTo(Command command)
    {
        foreach (
            var option in (ReadOnlySpan<Option>)[pool, workers, workersPerGpu, idle, lead, gpuType, gpuMemory, mps]
        )
            command.Add(option);
    }

    /// <summary>What was asked for; null when it is no pool's agent.</summary>
    public Asked? Read(ParseResult parsed, TimeSpan beat) =>
        PoolName.TryParse(parsed.GetValue(pool), out var name)
            ? new(
                name,
                new()
                {
                    Workers = parsed.GetValue(workers),
                    GpuType = parsed.GetValue(gpuType),
                    Idle = TimeSpan.FromSeconds(parsed.GetValue(idle)),
                    Lead = TimeSpan.FromSeconds(parsed.GetValue(lead)),
                    Beat = beat > TimeSpan.FromSeconds(0.5) ? beat : TimeSpan.FromSeconds(0.5),
                },
                Math.Max(1, parsed.GetValue(workersPerGpu)),
                MemorySize.TryParse(parsed.GetValue(gpuMemory), out var memory) ? memory.Value.Bytes : null,
                parsed.GetValue(mps)
            )
            : null;

    /// <summary>What was asked for.</summary>
    public sealed record Asked(PoolName Pool, PoolTerms Terms, int WorkersPerGpu, long? GpuMemory, bool Mps);
}
