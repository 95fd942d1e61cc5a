using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers;

/// <summary>A trained codec: turns each row into a few bytes by itself, without a look at other rows, and back.</summary>
/// <remarks>Thread-safe once trained. What is needed to decode is in the quantiser and the row's own bytes, nowhere else.</remarks>
public abstract class Quantiser
{
    /// <summary>The name under which the catalogue knows it: <c>pq</c>.</summary>
    public abstract string Method { get; }

    /// <summary>Coordinates a row.</summary>
    public abstract int Dimension { get; }

    /// <summary>Bytes a row takes, everything included: packed indices and the row's own factors.</summary>
    public abstract int CodeBytes { get; }

    /// <summary>How many of <see cref="CodeBytes"/> are factors (norms, scales, offsets) beside the indices.</summary>
    public virtual int SideBytes => 0;

    /// <summary>Bytes of what all rows share: codebooks, rotation, means.</summary>
    public abstract long ModelBytes { get; }

    /// <summary>Rows to codes, on the calling thread.</summary>
    /// <param name="rows">Row-major, whole rows.</param>
    /// <param name="codes"><see cref="CodeBytes"/> a row; overwritten.</param>
    public abstract void Encode(ReadOnlySpan<float> rows, Span<byte> codes);

    /// <summary>Codes to the rows that they stand for (nearest in the sense of squared error), on the calling thread.</summary>
    public abstract void Decode(ReadOnlySpan<byte> codes, Span<float> rows);

    /// <summary>What tells a query's distance to codes. Decodes unless the method knows a faster way.</summary>
    /// <param name="metric">Cosine is inner product here: rows and queries have length 1 by then.</param>
    public virtual DistanceEstimator EstimatorOf(Metric metric) => new DecodingEstimator(this, metric);

    /// <summary>Writes all that <see cref="QuantiserMethod.Load"/> needs, and nothing of the method's name.</summary>
    public abstract void Write(BinaryWriter to);
}
