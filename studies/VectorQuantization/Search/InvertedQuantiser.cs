using VectorQuantization.Clustering;
using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>What inverted lists are filled by: centroids that choose a row's list, and a quantiser that makes its code.</summary>
/// <remarks>Source: H. Jégou, M. Douze, C. Schmid, "Product quantization for nearest neighbor search" (2011), section IV.</remarks>
/// <param name="Centroids">One for each list.</param>
/// <param name="Fine">Makes the codes: of residuals or of rows as they are.</param>
/// <param name="Residual">Which of the two.</param>
public sealed record InvertedQuantiser(CoarseCentroids Centroids, Quantiser Fine, bool Residual) : IDisposable
{
    /// <summary>Bytes of what all rows share: centroids and the quantiser's model.</summary>
    public long ModelBytes => (sizeof(float) * (long)Centroids.Values.Length) + Fine.ModelBytes;

    /// <summary>Learns centroids, and then the quantiser, from the residuals where these are what it encodes.</summary>
    /// <param name="rows">What to learn from.</param>
    /// <param name="settings">Of the lists.</param>
    /// <param name="fine">Of the quantiser; checked before.</param>
    /// <param name="with">Seed and threads.</param>
    /// <exception cref="Problems.BadInputException">There are fewer rows than lists, or a row can't be used.</exception>
    public static InvertedQuantiser Train(
        VectorSet rows,
        InvertedSettings settings,
        QuantiserSettings fine,
        Training with
    )
    {
        var found = KMeans.Train(
            rows,
            new KMeansSettings(settings.Lists, settings.Iterations),
            new RandomSequence(with.Seed).Fork(0),
            with.Threads,
            with.Stop
        );
        var centroids = new CoarseCentroids(found.Centroids, rows.Dimension);
        var learnt = settings.Residual ? (VectorSet)new ResidualVectors(rows, centroids) : rows;
        return new InvertedQuantiser(centroids, fine.Train(learnt, with), settings.Residual);
    }

    /// <summary>Rows to their lists and codes, on the calling thread.</summary>
    /// <param name="rows">Row-major, whole rows; residuals afterwards, if it is those that are encoded.</param>
    /// <param name="lists">One a row; overwritten.</param>
    /// <param name="codes">Overwritten.</param>
    public void Encode(Span<float> rows, Span<int> lists, Span<byte> codes)
    {
        Centroids.Nearest(rows, lists);
        if (Residual)
            Centroids.Subtract(rows, lists);
        Fine.Encode(rows, codes);
    }

    /// <summary>Lists and codes to rows, on the calling thread.</summary>
    /// <param name="lists">One a row.</param>
    /// <param name="codes">Their codes.</param>
    /// <param name="rows">Row-major; overwritten.</param>
    public void Decode(ReadOnlySpan<int> lists, ReadOnlySpan<byte> codes, Span<float> rows)
    {
        Fine.Decode(codes, rows);
        if (!Residual)
            return;
        for (var i = 0; i < lists.Length; i++)
            Kernels.Add(
                rows.Slice(i * Fine.Dimension, Fine.Dimension),
                Centroids.Values.Slice(lists[i] * Fine.Dimension, Fine.Dimension)
            );
    }

    /// <summary>Gives the centroids' memory back.</summary>
    public void Dispose() => Centroids.Dispose();
}
