using System.Globalization;
using Expflow.Slurm;

namespace Expflow.Executors;

/// <summary>What Slurm says of the task that this process is, in the variables that it gives to a batch script.</summary>
public sealed record SlurmTask
{
    /// <summary>Its index in the array; 0 for a job that is none.</summary>
    public required int Index { get; init; }

    /// <summary>The job as Slurm writes it: <c>123_4</c>, or <c>123</c> when it is no array.</summary>
    /// <remarks>Never the raw id of a task: one of them shares it with the whole array.</remarks>
    public required string Job { get; init; }

    /// <summary>How often Slurm has started the job again under the same id.</summary>
    public int Restarts { get; init; }

    /// <summary>CPU cores; null when Slurm doesn't say.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory of the allocation on this node, in bytes; null when Slurm doesn't say, or gives all that the node has.</summary>
    public long? Memory { get; init; }

    /// <summary>The GPUs of the job, as <c>CUDA_VISIBLE_DEVICES</c> has them; null for none.</summary>
    public string? Gpus { get; init; }

    /// <summary>The same one by one.</summary>
    public IReadOnlyList<string> GpuNames =>
        Gpus?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>When Slurm will end the job; null when it doesn't say.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>What the journal keeps of the machine.</summary>
    public TaskMachine Machine { get; init; } = new();

    /// <summary>Reads the variables; null when this process is in no Slurm job.</summary>
    /// <param name="variable">The value of a variable, or null.</param>
    public static SlurmTask? Of(Func<string, string?> variable)
    {
        if (variable("SLURM_JOB_ID") is not { Length: > 0 } id)
            return null;
        var index = Number("SLURM_ARRAY_TASK_ID");
        var cpus = Number("SLURM_CPUS_PER_TASK") ?? Number("SLURM_CPUS_ON_NODE");
        return new()
        {
            Index = (int)(index ?? 0),
            Job = index is { } task && variable("SLURM_ARRAY_JOB_ID") is { Length: > 0 } array ? $"{array}_{task}" : id,
            Restarts = (int)(Number("SLURM_RESTART_COUNT") ?? 0),
            Cpus = (int?)cpus,
            Memory =
                Mebibytes("SLURM_MEM_PER_NODE") ?? Mebibytes("SLURM_MEM_PER_CPU") * (Number("SLURM_CPUS_ON_NODE") ?? 1),
            Gpus = Allocated(variable("CUDA_VISIBLE_DEVICES")),
            End = Number("SLURM_JOB_END_TIME") is { } end ? DateTimeOffset.FromUnixTimeSeconds(end) : null,
            Machine = new()
            {
                Partition = Text("SLURM_JOB_PARTITION"),
                Node = Text("SLURMD_NODENAME"),
                Modules = Text("LOADEDMODULES"),
            },
        };

        string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;

        long? Number(string name) =>
            long.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;

        long? Mebibytes(string name) =>
            MemorySize.TryParse(variable(name), out var size) && size is { Bytes: var bytes } ? bytes : null;
    }

    private static string? Allocated(string? visible) => visible is null or "" or "-1" or "NoDevFiles" ? null : visible;
}
