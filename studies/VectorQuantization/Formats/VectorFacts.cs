using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>What all values of a set have in common.</summary>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The largest.</param>
/// <param name="ZeroRows">Rows of zeros, which have no direction: cosine can't take them.</param>
public sealed record VectorFacts(float Least, float Most, long ZeroRows)
{
    private const int FloatsAtOnce = 1 << 18;

    /// <summary>Reads every row.</summary>
    /// <param name="vectors">At least one row.</param>
    /// <param name="threads">How many blocks are read at once.</param>
    /// <param name="stop">Ends it between blocks.</param>
    /// <exception cref="Problems.BadInputException">A row can't be used.</exception>
    public static VectorFacts Of(VectorSet vectors, int threads, CancellationToken stop = default)
    {
        var gate = new Lock();
        var all = new VectorFacts(float.PositiveInfinity, float.NegativeInfinity, 0);
        RowBlocks.ForEach(
            vectors.Count,
            Math.Max(1, FloatsAtOnce / vectors.Dimension),
            threads,
            (_, first, count) =>
            {
                var rows = new float[count * vectors.Dimension];
                vectors.Read(first, rows);
                var part = Of(rows, vectors.Dimension);
                lock (gate)
                    all = new VectorFacts(
                        Math.Min(all.Least, part.Least),
                        Math.Max(all.Most, part.Most),
                        all.ZeroRows + part.ZeroRows
                    );
            },
            stop
        );
        return all;
    }

    private static VectorFacts Of(ReadOnlySpan<float> rows, int dimension)
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        long zeros = 0;
        for (var at = 0; at < rows.Length; at += dimension)
        {
            var (low, high) = (rows[at], rows[at]);
            foreach (var value in rows.Slice(at, dimension))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            (least, most) = (Math.Min(least, low), Math.Max(most, high));
            zeros += low == 0 && high == 0 ? 1 : 0;
        }
        return new VectorFacts(least, most, zeros);
    }
}
