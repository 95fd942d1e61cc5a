using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>GPUs in words.</summary>
internal static class GpuText
{
    /// <summary>Free ones of all: <c>a100 2/4</c>, <c>2/4</c> without a type, <c>a100 ?/4</c> where Slurm doesn't say what is in use.</summary>
    public static string Of(GpuStock gpus) =>
        $"{(gpus.Type is null ? "" : $"{gpus.Type} ")}{gpus.Free?.ToString() ?? "?"}/{gpus.Total}";
}
