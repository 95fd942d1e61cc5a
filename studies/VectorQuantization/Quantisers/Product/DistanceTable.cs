using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Distances from a part of a query to all centroids of that part.</summary>
internal static class DistanceTable
{
    /// <summary>Fills the table.</summary>
    /// <param name="query">The part's coordinates.</param>
    /// <param name="transposed">All centroids' first coordinates, then their second ones, and so on.</param>
    /// <param name="metric">Squared distances for L2; otherwise minus inner products.</param>
    /// <param name="table">One a centroid; overwritten.</param>
    public static void Fill(ReadOnlySpan<float> query, ReadOnlySpan<float> transposed, Metric metric, Span<float> table)
    {
        var count = table.Length;
        var j = 0;
        for (; j <= count - 16; j += 16)
        {
            var sum = Vector512<float>.Zero;
            ref var column = ref MemoryMarshal.GetReference(transposed[j..]);
            for (var k = 0; k < query.Length; k++)
            {
                var c = Vector512.LoadUnsafe(ref column, (nuint)(k * count));
                var q = Vector512.Create(query[k]);
                var d = metric == Metric.L2 ? q - c : -c;
                sum = Vector512.FusedMultiplyAdd(d, metric == Metric.L2 ? d : q, sum);
            }
            sum.CopyTo(table[j..]);
        }
        for (; j < count; j++)
        {
            var sum = 0f;
            for (var k = 0; k < query.Length; k++)
            {
                var c = transposed[(k * count) + j];
                var d = metric == Metric.L2 ? query[k] - c : -c;
                sum = MathF.FusedMultiplyAdd(d, metric == Metric.L2 ? d : query[k], sum);
            }
            table[j] = sum;
        }
    }
}
