using System.Buffers;
using VectorQuantization.Measures;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>What decoding all rows gives back wrong, block by block: memory does not grow with the rows.</summary>
/// <param name="Error">Squared errors.</param>
/// <param name="Spread">How relative errors are spread.</param>
/// <param name="EncodeSeconds">What encoding alone took: the sum over threads divided by their number.</param>
/// <param name="DecodeSeconds">The same of decoding.</param>
public sealed record CodecErrors(
    ReconstructionError Error,
    ErrorHistogram Spread,
    double EncodeSeconds,
    double DecodeSeconds
)
{
    private const int BlockFloats = 1 << 18;

    /// <summary>Measures.</summary>
    public static CodecErrors Of(Coding coding, VectorSet rows, int threads, TimeProvider clock, CancellationToken stop)
    {
        var blockRows = Math.Max(1, BlockFloats / rows.Dimension);
        var blocks = new CodecErrors[RowBlocks.Count(rows.Count, blockRows)];
        RowBlocks.ForEach(
            rows.Count,
            blockRows,
            threads,
            (block, first, count) => blocks[block] = OfBlock(coding, rows, first, count, clock),
            stop
        );
        var total = new CodecErrors(
            new ReconstructionError(),
            new ErrorHistogram(),
            blocks.Sum(block => block.EncodeSeconds) / threads,
            blocks.Sum(block => block.DecodeSeconds) / threads
        );
        foreach (var block in blocks)
        {
            total.Error.Add(block.Error);
            total.Spread.Add(block.Spread);
        }
        return total;
    }

    private static CodecErrors OfBlock(Coding coding, VectorSet rows, long first, int count, TimeProvider clock)
    {
        // A block is 1 MiB: three new ones for each would pile up before they are collected.
        var floats = count * rows.Dimension;
        var rented = ArrayPool<float>.Shared.Rent(3 * floats);
        var original = rented.AsSpan(0, floats);
        var encoded = rented.AsSpan(floats, floats);
        var decoded = rented.AsSpan(2 * floats, floats);
        rows.Read(first, original);
        original.CopyTo(encoded);
        var (encode, decode) = coding.RoundTrip(encoded, decoded, clock);
        var block = new CodecErrors(new ReconstructionError(), new ErrorHistogram(), encode, decode);
        block.Error.Add(original, decoded, rows.Dimension, block.Spread);
        ArrayPool<float>.Shared.Return(rented);
        return block;
    }
}
