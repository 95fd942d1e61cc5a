using Expflow.Parameters;
using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>How it is tried out how many runs may share a GPU: what is run, and what has to hold.</summary>
public sealed record TrialSpec
{
    /// <summary>What a file without <c>trial</c> gets.</summary>
    public static readonly TrialSpec Usual = new();

    /// <summary>How many runs side by side on one GPU are tried; 1 to 32, ascending, each once.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [1, 2, 3];

    /// <summary>How many runs each worker carries out one after the other, for every variant; 1 or more.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>The parameters that tell variants apart; null: all swept ones but seeds.</summary>
    public IReadOnlyList<string>? Variants { get; init; }

    /// <summary>Values that fixed parameters have in a trial, so that it is shorter than the real thing.</summary>
    public ParameterSet Parameters { get; init; } = ParameterSet.Empty;

    /// <summary>The GPUs must be busier than this, in percent.</summary>
    public double GpuUse { get; init; } = 80;

    /// <summary>Each run must be over sooner.</summary>
    public Walltime Time { get; init; } = Walltime.From(TimeSpan.FromMinutes(30));

    /// <summary>All runs on a GPU together must stay below; null: below what the card has.</summary>
    public MemorySize? GpuMemory { get; init; }
}
