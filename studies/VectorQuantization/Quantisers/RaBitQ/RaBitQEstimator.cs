using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>Unbiased estimates of distances, from the codes' bits, with bounds of their errors.</summary>
public sealed class RaBitQEstimator : DistanceEstimator
{
    private readonly RaBitQuantiser quantiser;
    private readonly Metric metric;
    private readonly RaBitQLayout layout;
    private readonly float[] turned;
    private readonly RoundedQuery? rounded;
    private float total;
    private float squared;
    private float onCentre;

    internal RaBitQEstimator(RaBitQuantiser quantiser, Metric metric)
    {
        (this.quantiser, this.metric, layout) = (quantiser, metric, quantiser.Layout);
        turned = new float[(layout.Dimension + 15) / 16 * 16];
        rounded = layout.Bits == 1 && quantiser.QueryBits > 0 ? new(layout.Dimension, quantiser.QueryBits) : null;
    }

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query)
    {
        var row = turned.AsSpan(0, layout.Dimension);
        onCentre = quantiser.Turn(query, metric == Metric.L2, row);
        squared = Kernels.Dot(row, row);
        total = 0;
        foreach (var x in row)
            total += x;
        rounded?.Take(row);
    }

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        for (var i = 0; i < distances.Length; i++)
        {
            var code = codes.Slice(i * layout.CodeBytes, layout.CodeBytes);
            var (length, rescale) = layout.Factors(code);
            var inner = rescale * AlongPoint(code);
            distances[i] = metric == Metric.L2 ? length + squared - (2 * inner) : -(onCentre + inner);
        }
    }

    /// <summary>How far off the estimated distances may be: <paramref name="deviations"/> standard deviations of the estimate.</summary>
    /// <remarks>
    /// Of &lt;o, q&gt; the estimate has the deviation √((1/&lt;ō, o&gt;² − 1) / (D − 1)). At the paper's 1.9 about 5.7 % of all
    /// pairs are farther off.
    /// </remarks>
    /// <param name="codes">Whole codes.</param>
    /// <param name="deviations">The paper's ε₀, 1.9.</param>
    /// <param name="bounds">One a code; overwritten.</param>
    public void ErrorBounds(ReadOnlySpan<byte> codes, float deviations, Span<float> bounds)
    {
        var point = new float[layout.Dimension];
        var levels = new byte[layout.Dimension];
        for (var i = 0; i < bounds.Length; i++)
        {
            var code = codes.Slice(i * layout.CodeBytes, layout.CodeBytes);
            var (length, rescale) = layout.Factors(code);
            layout.Point(code, levels, point);
            // 1 / cosine² − 1, where cosine = |r| / (rescale · |x̄|).
            var sine = Math.Max(0, ((double)rescale * rescale * Kernels.Dot(point, point) / length) - 1);
            var deviation = length > 0 ? Math.Sqrt(squared * length * sine / Math.Max(1, layout.Dimension - 1)) : 0;
            bounds[i] = (float)(deviations * deviation * (metric == Metric.L2 ? 2 : 1));
        }
    }

    /// <summary>The inner product of the query and the grid point ±½, ±1½, ….</summary>
    private float AlongPoint(ReadOnlySpan<byte> code)
    {
        if (rounded is not null)
            return rounded.AlongSigns(layout.Signs(code)) - (total / 2);
        var signs = SignKernels.Sum(layout.Signs(code), turned) / 2;
        if (layout.ExtraBits == 0)
            return signs;
        // Level − (2^b − 1)/2 = ±2^(b−1)/2 + rest − (2^(b−1) − 1)/2.
        return (signs * (1 << layout.ExtraBits))
            + PackedKernels.Dot(layout.RestOnward(code), layout.ExtraBits, layout.Dimension, turned)
            - (total * ((1 << layout.ExtraBits) - 1) / 2);
    }
}
