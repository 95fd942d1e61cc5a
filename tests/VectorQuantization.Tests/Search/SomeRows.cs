using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Search;
using VectorQuantization.Vectors;

namespace VectorQuantization.Tests.Search;

/// <summary>Rows for tests of search, and the search that needs no trust.</summary>
internal static class SomeRows
{
    /// <summary>Whole numbers from −range to range, of which many rows tie.</summary>
    public static MemoryVectors Whole(int count, int dimension, int range, ulong seed)
    {
        var random = new RandomSequence(seed);
        var values = new float[count * dimension];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextBelow((2 * range) + 1) - range;
        return new MemoryVectors("whole", values, dimension);
    }

    /// <summary>Normal rows around a few centres.</summary>
    public static MemoryVectors Clustered(int count, int dimension, int centres, ulong seed)
    {
        var middle = Whole(centres, dimension, 10, 99);
        var random = new RandomSequence(seed);
        var values = new float[count * dimension];
        for (var row = 0; row < count; row++)
        {
            var centre = (int)random.NextBelow(centres);
            for (var i = 0; i < dimension; i++)
                values[(row * dimension) + i] =
                    middle.Values[(centre * dimension) + i] + (3 * (float)random.NextGaussian());
        }
        return new MemoryVectors("clustered", values, dimension);
    }

    /// <summary>A product quantiser of random centroids.</summary>
    public static ProductQuantiser ProductOf(int dimension, int parts, int bits) =>
        new(dimension, parts, bits, Clustered(1 << bits, dimension, 30, seed: 3).ToArray());

    /// <summary>The rows that the codes of inverted lists stand for.</summary>
    public static MemoryVectors Decoded(InvertedLists index)
    {
        var d = index.Dimension;
        var rows = new float[index.Count * d];
        for (var list = 0; list < index.Quantiser.Centroids.Count; list++)
        {
            for (var at = index.Starts[list]; at < index.Starts[list + 1]; at++)
            {
                var row = rows.AsSpan(index.Ids[(int)at] * d, d);
                index.Quantiser.Fine.Decode(index.Codes.Rows(at, 1), row);
                if (index.Quantiser.Residual)
                    Kernels.Add(row, index.Quantiser.Centroids[list]);
            }
        }
        return new MemoryVectors("decoded", rows, d);
    }

    /// <summary>Every distance in double precision, sorted.</summary>
    public static long[] Nearest(VectorSet rows, ReadOnlySpan<float> query, int k, Metric metric = Metric.L2)
    {
        var all = rows.ToArray();
        var asked = query.ToArray();
        double Distance(int row) =>
            metric == Metric.L2
                ? Enumerable.Range(0, asked.Length).Sum(i => Math.Pow(asked[i] - all[(row * asked.Length) + i], 2))
                : -Enumerable.Range(0, asked.Length).Sum(i => (double)asked[i] * all[(row * asked.Length) + i]);
        return
        [
            .. Enumerable
                .Range(0, (int)rows.Count)
                .OrderBy(Distance)
                .ThenBy(row => row)
                .Take(k)
                .Select(row => (long)row),
        ];
    }
}
