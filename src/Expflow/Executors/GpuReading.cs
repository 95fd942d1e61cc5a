using System.Globalization;

namespace Expflow.Executors;

/// <summary>One GPU at one moment, as a line of <c>nvidia-smi</c> has it.</summary>
/// <param name="Name">What it is: <c>NVIDIA H100 80GB HBM3</c>.</param>
/// <param name="Memory">Memory in use, in bytes; null when the driver doesn't say.</param>
/// <param name="Use">How busy it is, in percent; null when the driver doesn't say, as for a part of a GPU.</param>
public readonly record struct GpuReading(string Name, long? Memory, double? Use)
{
    /// <summary>Its number, as <c>CUDA_VISIBLE_DEVICES</c> may name it.</summary>
    public string Index { get; init; } = "";

    /// <summary>Its UUID, as <c>CUDA_VISIBLE_DEVICES</c> may name it.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The arguments whose answer <see cref="Parse"/> reads.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    ["--query-gpu=index,uuid,name,memory.used,utilization.gpu", "--format=csv,noheader,nounits"];

    /// <summary>The same with what each GPU has in place of what is in use.</summary>
    public static IReadOnlyList<string> TotalArguments { get; } =
    ["--query-gpu=index,uuid,name,memory.total,utilization.gpu", "--format=csv,noheader,nounits"];

    /// <summary>Reads an answer: <c>0, GPU-5d…, NVIDIA A100-SXM4-40GB, 1234, 87</c>, memory in MiB.</summary>
    /// <param name="text">The answer; lines that are none, as in an error, are left out.</param>
    /// <param name="visible">The job's own GPUs, as <c>CUDA_VISIBLE_DEVICES</c> has them.</param>
    /// <returns>The job's own; all, when the names don't match, which means that only the job's own are there to be seen.</returns>
    public static IReadOnlyList<GpuReading> Parse(string text, string visible)
    {
        var own = visible.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        var all = new List<(bool IsOwn, GpuReading Reading)>();
        foreach (var line in text.Split('\n'))
            if (
                line.Split(',', StringSplitOptions.TrimEntries)
                is [var index, var uuid, .. var name, var memory, var use]
            )
                if (uuid.StartsWith("GPU-", StringComparison.Ordinal))
                    all.Add(
                        (
                            own.Contains(index) || own.Contains(uuid),
                            new(
                                string.Join(", ", name),
                                long.TryParse(
                                    memory,
                                    NumberStyles.None,
                                    CultureInfo.InvariantCulture,
                                    out var mebibytes
                                )
                                    ? mebibytes << 20
                                    : null,
                                double.TryParse(use, CultureInfo.InvariantCulture, out var percent) ? percent : null
                            )
                            {
                                Index = index,
                                Uuid = uuid,
                            }
                        )
                    );
        return [.. all.Where(gpu => gpu.IsOwn || !all.Any(other => other.IsOwn)).Select(gpu => gpu.Reading)];
    }
}
