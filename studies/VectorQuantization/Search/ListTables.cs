using System.Runtime.Intrinsics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>What of the look-up tables of L2 does not depend on the query, for each list.</summary>
/// <remarks>
/// |q − c − y|² = |q − c|² + (|y|² + 2 c·y) − 2 q·y, where c is a list's centroid and y what a code of a residual decodes to: the
/// middle is a table for each list, the end one for each query, and both are added up list by list rather than computed anew.
/// Source: FAISS, <c>IndexIVFPQ</c>, "precomputed tables".
/// </remarks>
internal sealed class ListTables
{
    // More than this isn't kept: tables are then computed for each list that a query looks into.
    private const long MostBytes = 256L << 20;

    private readonly float[][] lists;

    private ListTables(float[][] lists) => this.lists = lists;

    /// <summary>The tables of these lists, or null where the quantiser has none or they would be too large.</summary>
    public static ListTables? Of(InvertedQuantiser quantiser)
    {
        if (!quantiser.Residual || quantiser.Fine.EstimatorOf(Metric.InnerProduct) is not TableEstimator products)
            return null;
        var count = quantiser.Centroids.Count;
        if ((long)count * sizeof(float) * (products.Parts << products.Bits) > MostBytes)
            return null;
        var squares = (TableEstimator)quantiser.Fine.EstimatorOf(Metric.L2);
        squares.Prepare(new float[quantiser.Centroids.Dimension]);
        var lists = new float[count][];
        for (var list = 0; list < count; list++)
        {
            products.Prepare(quantiser.Centroids[list]);
            lists[list] = Sum(squares.Tables, products.Tables);
        }
        return new ListTables(lists);
    }

    /// <summary>A list's tables for a query.</summary>
    /// <param name="list">The list.</param>
    /// <param name="products">Minus the query's inner products.</param>
    /// <param name="tables">As long; overwritten.</param>
    public void Fill(int list, ReadOnlySpan<float> products, Span<float> tables)
    {
        ReadOnlySpan<float> ofList = lists[list];
        var two = Vector512.Create(2f);
        for (var i = 0; i < tables.Length; i += 16)
            Vector512
                .FusedMultiplyAdd(two, Vector512.Create(products[i..]), Vector512.Create(ofList[i..]))
                .CopyTo(tables[i..]);
    }

    private static float[] Sum(ReadOnlySpan<float> squares, ReadOnlySpan<float> products)
    {
        var sum = squares.ToArray();
        for (var i = 0; i < sum.Length; i++)
            sum[i] -= 2 * products[i];
        return sum;
    }
}
