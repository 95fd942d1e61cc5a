using Expflow.Parameters;

namespace Expflow.Trials;

/// <summary>What was measured in one phase. Null: nobody could see it.</summary>
public sealed record TrialMeasure
{
    /// <summary>The stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The variant.</summary>
    public required ParameterSet Variant { get; init; }

    /// <summary>How many runs at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>How many GPUs they had, all of them the same.</summary>
    public required int Gpus { get; init; }

    /// <summary>What these GPUs are: <c>NVIDIA H100 80GB HBM3</c>.</summary>
    public string? Gpu { get; init; }

    /// <summary>How many runs were done.</summary>
    public required int Done { get; init; }

    /// <summary>How many ended in any other way.</summary>
    public required int Failed { get; init; }

    /// <summary>How many of these were out of memory, the machine's or a GPU's.</summary>
    public required int OutOfMemory { get; init; }

    /// <summary>Why the first of those failed, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>From the start of the first run to the end of the last, in seconds.</summary>
    public required double Elapsed { get; init; }

    /// <summary>How long the runs took each, in seconds: the one in the middle.</summary>
    public double? Median { get; init; }

    /// <summary>The longest, in seconds.</summary>
    public double? Longest { get; init; }

    /// <summary>The most host memory of one run, in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>The most memory in use on one of the GPUs, in bytes, of whatever runs there.</summary>
    public long? GpuMemory { get; init; }

    /// <summary>What one of the GPUs has, in bytes.</summary>
    public long? GpuTotal { get; init; }

    /// <summary>How busy the GPUs were, in percent, the mean over GPUs and time.</summary>
    public double? GpuUse { get; init; }

    /// <summary>Runs done in an hour on each GPU.</summary>
    public double PerHour => Elapsed > 0 ? Done * 3600 / Elapsed / Math.Max(1, Gpus) : 0;
}
