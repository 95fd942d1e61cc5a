using VectorQuantization.Problems;

namespace VectorQuantization.Benchmarks;

/// <summary>How a cell's codes are searched.</summary>
/// <param name="Lists">Inverted lists; 0 scans all codes.</param>
/// <param name="Probe">Lists looked at for a query.</param>
/// <param name="Rerank">Candidates for each neighbour asked for, which exact distances choose from; 0 or 1 takes the codes' word.</param>
public sealed record SearchSettings(int Lists = 0, int Probe = 0, int Rerank = 0)
{
    /// <summary>In a fixed order: part of a cell's identity.</summary>
    public IReadOnlyList<(string Name, string Value)> Values =>
        Lists == 0
            ? [("rerank", $"{Rerank}")]
            : [("lists", $"{Lists}"), ("probe", $"{Probe}"), ("rerank", $"{Rerank}")];

    /// <summary>Adds what stands against these settings.</summary>
    public void Check(long baseRows, ProblemList problems)
    {
        problems.Require(
            Lists <= baseRows,
            $"'--lists {Lists}': the base has {baseRows} rows, and a list needs one at least. Use fewer lists."
        );
        problems.Require(
            Lists == 0 || (Probe >= 1 && Probe <= Lists),
            $"'--probe {Probe}' is not from 1 to {Lists}, the number of lists."
        );
    }
}
