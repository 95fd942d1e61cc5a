using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>The rows that codes stand for, decoded as they are read.</summary>
/// <param name="quantiser">The quantiser that the codes are of.</param>
/// <param name="codes">The codes.</param>
/// <param name="origin">What the user calls them.</param>
public sealed class DecodedVectors(Quantiser quantiser, CodeSet codes, string origin)
    : VectorSet(origin, codes.Count, quantiser.Dimension)
{
    /// <inheritdoc />
    public override ElementType Element => ElementType.Float32;

    /// <inheritdoc />
    public override long ResidentBytes => codes.Bytes;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        var asked = RowsAsked(first, rows);
        for (var done = 0; done < asked; )
        {
            var run = codes.Run(first + done, asked - done);
            quantiser.Decode(codes.Rows(first + done, run), rows.Slice(done * Dimension, run * Dimension));
            done += run;
        }
    }
}
