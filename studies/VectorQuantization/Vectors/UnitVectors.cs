using VectorQuantization.Numerics;
using VectorQuantization.Problems;

namespace VectorQuantization.Vectors;

/// <summary>Another set's rows, each brought to length 1: what cosine works on. Does not own that set.</summary>
public sealed class UnitVectors(VectorSet whole) : VectorSet(whole.Origin, whole.Count, whole.Dimension)
{
    /// <summary>The rows as they are stored.</summary>
    public VectorSet Whole => whole;

    /// <summary>A set's rows as they are stored, whether or not it was wrapped to length 1.</summary>
    public static VectorSet Stored(VectorSet set) => set is UnitVectors unit ? Stored(unit.Whole) : set;

    /// <inheritdoc />
    public override ElementType Element => whole.Element;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        whole.Read(first, rows);
        for (var at = 0; at < rows.Length; at += Dimension)
        {
            var row = rows.Slice(at, Dimension);
            var length = MathF.Sqrt(Kernels.Dot(row, row));
            if (!(length > 0))
                throw NoDirection(Origin, first + (at / Dimension));
            Kernels.Scale(row, 1 / length);
        }
    }

    /// <summary>What is thrown for a row of zeros.</summary>
    internal static BadInputException NoDirection(string origin, long row) =>
        new(
            $"'{origin}': row {row} is all zero and has no direction, which the cosine metric needs. "
                + "Remove such rows, or use --metric l2 or ip."
        );
}
