using VectorQuantization.Measures;
using VectorQuantization.Numerics;

namespace VectorQuantization.Benchmarks;

/// <summary>What all cells need of the data, computed once.</summary>
/// <param name="Queries">All queries, row-major.</param>
/// <param name="Variance">Mean squared distance of base rows from their mean.</param>
/// <param name="Pairs">Pairs of base rows.</param>
public sealed record PreparedData(ReadOnlyMemory<float> Queries, double Variance, PairSample Pairs)
{
    private const int PairCount = 1000;

    // The original's: numpy's RandomState(42), one call of randint for each side.
    private const uint PairSeed = 42;

    /// <summary>Reads and sums up.</summary>
    public static PreparedData Of(BenchmarkData data, int threads, CancellationToken stop)
    {
        var random = new MersenneTwister(PairSeed);
        var rows = data.Split.Base;
        return new(
            data.Split.Queries.ToArray(),
            DataVariance.Of(rows, threads, stop),
            new PairSample(rows, Draw(random, rows.Count), Draw(random, rows.Count))
        );
    }

    private static long[] Draw(MersenneTwister random, long rows)
    {
        var drawn = new long[PairCount];
        for (var i = 0; i < PairCount; i++)
            drawn[i] = random.NextBelow(rows);
        return drawn;
    }
}
