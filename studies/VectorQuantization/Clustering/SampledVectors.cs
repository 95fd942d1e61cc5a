using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Clustering;

/// <summary>Rows drawn from another set, in their order there: what is learnt from. Does not own that set.</summary>
/// <param name="whole">The set that they belong to.</param>
/// <param name="chosen">Their numbers there, ascending; null for all of them.</param>
public sealed class SampledVectors(VectorSet whole, long[]? chosen)
    : VectorSet(whole.Origin, chosen?.Length ?? whole.Count, whole.Dimension)
{
    /// <inheritdoc />
    public override ElementType Element => whole.Element;

    /// <summary>So many rows, or all where there are no more.</summary>
    public static SampledVectors Draw(VectorSet whole, long most, RandomSequence random) =>
        new(whole, whole.Count > most ? random.Sample(whole.Count, most) : null);

    /// <inheritdoc />
    /// <exception cref="BadInputException">A row holds NaN or an infinity, from which nothing can be learnt.</exception>
    public override void Read(long first, Span<float> rows)
    {
        var count = RowsAsked(first, rows);
        if (chosen is null)
            whole.Read(first, rows);
        for (var i = 0; chosen is not null && i < count; i++)
            whole.Read(chosen[first + i], rows.Slice(i * Dimension, Dimension));
        for (var at = 0; at < rows.Length; at++)
        {
            if (!float.IsFinite(rows[at]))
                throw NotFinite(first + (at / Dimension), at % Dimension, rows[at]);
        }
    }

    /// <summary>All of them, row-major, read by several threads.</summary>
    public float[] ToArray(int threads, CancellationToken stop)
    {
        var all = new float[checked((int)(Count * Dimension))];
        RowBlocks.ForEach(
            Count,
            Math.Max(1, RowTiles.ReadFloats / Dimension),
            threads,
            (_, first, count) => Read(first, all.AsSpan((int)first * Dimension, count * Dimension)),
            stop
        );
        return all;
    }

    private BadInputException NotFinite(long row, int coordinate, float value) =>
        new(
            $"'{Origin}': row {(chosen is null ? row : chosen[row])} holds {value} at coordinate {coordinate}, and nothing can be "
                + "learnt from that. Remove such rows."
        );
}
