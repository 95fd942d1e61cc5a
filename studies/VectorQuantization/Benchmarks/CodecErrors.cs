using VectorQuantization.Measures;
using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Search;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>Decodes all codes and holds them against the rows that they were made of, block by block.</summary>
/// <param name="Error">Squared errors.</param>
/// <param name="Spread">How relative errors are spread.</param>
/// <param name="DecodeSeconds">What decoding alone took: the sum over threads divided by their number.</param>
public sealed record CodecErrors(ReconstructionError Error, ErrorHistogram Spread, double DecodeSeconds)
{
    private const int BlockFloats = 1 << 18;

    /// <summary>Measures.</summary>
    public static CodecErrors Of(
        Quantiser quantiser,
        CodeSet codes,
        VectorSet rows,
        int threads,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var d = rows.Dimension;
        var blockRows = Math.Max(1, BlockFloats / d);
        var blocks = new (ReconstructionError Error, ErrorHistogram Spread, double Seconds)[
            RowBlocks.Count(rows.Count, blockRows)
        ];
        RowBlocks.ForEach(
            rows.Count,
            blockRows,
            threads,
            (block, first, count) => blocks[block] = OfBlock(quantiser, codes, rows, first, count, clock),
            stop
        );
        var total = new CodecErrors(
            new ReconstructionError(),
            new ErrorHistogram(),
            blocks.Sum(block => block.Seconds) / threads
        );
        foreach (var (error, spread, _) in blocks)
        {
            total.Error.Add(error);
            total.Spread.Add(spread);
        }
        return total;
    }

    private static (ReconstructionError, ErrorHistogram, double) OfBlock(
        Quantiser quantiser,
        CodeSet codes,
        VectorSet rows,
        long first,
        int count,
        TimeProvider clock
    )
    {
        var original = new float[count * rows.Dimension];
        var decoded = new float[original.Length];
        rows.Read(first, original);
        var start = clock.GetTimestamp();
        for (var done = 0; done < count; )
        {
            var run = codes.Run(first + done, count - done);
            quantiser.Decode(
                codes.Rows(first + done, run),
                decoded.AsSpan(done * rows.Dimension, run * rows.Dimension)
            );
            done += run;
        }
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        var error = new ReconstructionError();
        var spread = new ErrorHistogram();
        error.Add(original, decoded, rows.Dimension, spread);
        return (error, spread, seconds);
    }
}
