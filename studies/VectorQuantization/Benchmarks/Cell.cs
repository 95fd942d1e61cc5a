using VectorQuantization.Quantisers;

namespace VectorQuantization.Benchmarks;

/// <summary>One row of results to be: a method with its settings, how its codes are searched, and a seed.</summary>
/// <param name="Settings">Method and settings.</param>
/// <param name="Search">How the codes are searched.</param>
/// <param name="Seed">Of all that is random in training.</param>
public sealed record Cell(QuantiserSettings Settings, SearchSettings Search, ulong Seed)
{
    /// <summary>What people read: <c>PQ 16x8, seed 1</c>.</summary>
    public string Label =>
        $"{Settings.Label}{(Search.Lists > 0 ? $" IVF{Search.Lists}/{Search.Probe}" : "")}"
        + $"{(Search.Rerank > 1 ? $" rerank {Search.Rerank}" : "")}, seed {Seed}";
}
