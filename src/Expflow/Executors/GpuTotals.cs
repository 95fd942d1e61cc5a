using System.Globalization;
using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>Asks <c>nvidia-smi</c> how much memory GPUs have.</summary>
public static class GpuTotals
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly IReadOnlyList<string> Arguments =
    [
        "--query-gpu=index,uuid,memory.total",
        "--format=csv,noheader,nounits",
    ];

    /// <summary>The memory of each GPU, in bytes, in the order in which they are named; null when there is no answer for all of them.</summary>
    /// <param name="gpus">The GPUs, as <c>CUDA_VISIBLE_DEVICES</c> names them.</param>
    /// <param name="variables">The variables of this process.</param>
    public static IReadOnlyList<long>? Of(IReadOnlyList<string> gpus, IReadOnlyDictionary<string, string> variables)
    {
        if (gpus.Count == 0)
            return null;
        if (new ProgramSearch(variables.GetValueOrDefault("PATH")).Find("nvidia-smi", "/") is not { } program)
            return null;
        using var inquiry = Inquiry.Start(program, Arguments, new(variables));
        return inquiry?.IsOver(Longest) == true ? Parse(inquiry.Answer().Text, gpus) : null;
    }

    /// <summary>Reads an answer: <c>0, GPU-5d…, 40960</c>, memory in MiB.</summary>
    internal static IReadOnlyList<long>? Parse(string text, IReadOnlyList<string> gpus)
    {
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
            if (
                line.Split(',', StringSplitOptions.TrimEntries) is [var index, var uuid, var memory]
                && long.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes)
            )
                known[index] = known[uuid] = mebibytes << 20;
        return gpus.All(known.ContainsKey) ? [.. gpus.Select(gpu => known[gpu])] : null;
    }
}
