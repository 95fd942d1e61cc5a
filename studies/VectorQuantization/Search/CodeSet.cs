using System.Buffers;
using System.Numerics;
using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>Codes of many rows, equally long, one after the other; cut into blocks so that no array meets .NET's 2 GB limit.</summary>
public sealed class CodeSet
{
    private const int BlockBytes = 1 << 24;

    // Floats that one thread reads at once as it encodes: 4 MiB.
    private const int FloatsAtOnce = 1 << 20;

    private readonly byte[][] blocks;

    /// <summary>Room for <paramref name="count"/> codes, all zero.</summary>
    /// <param name="codeBytes">Bytes a code, at least 1.</param>
    /// <param name="count">How many codes.</param>
    public CodeSet(int codeBytes, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(codeBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CodeBytes = codeBytes;
        Count = count;
        BlockRows = 1 << BitOperations.Log2((uint)Math.Max(1, BlockBytes / codeBytes));
        blocks = new byte[RowBlocks.Count(count, BlockRows)][];
        for (var block = 0; block < blocks.Length; block++)
            blocks[block] = new byte[checked((int)Math.Min(BlockRows, count - ((long)block * BlockRows)) * codeBytes)];
    }

    /// <summary>Bytes a code.</summary>
    public int CodeBytes { get; }

    /// <summary>How many codes.</summary>
    public long Count { get; }

    /// <summary>Codes a block, a power of two: codes from a multiple of it to the next lie one after the other.</summary>
    public int BlockRows { get; }

    /// <summary>Bytes of all codes.</summary>
    public long Bytes => Count * CodeBytes;

    /// <summary>Encodes all rows, as many at once as there are threads. The codes are the same for any number of threads.</summary>
    /// <param name="quantiser">A trained quantiser of the rows' dimension.</param>
    /// <param name="rows">What to encode.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="Problems.BadInputException">A row holds NaN or can't be read.</exception>
    public static CodeSet Encode(Quantiser quantiser, VectorSet rows, int threads, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Dimension, quantiser.Dimension);
        var codes = new CodeSet(quantiser.CodeBytes, rows.Count);
        RowBlocks.ForEach(
            rows.Count,
            codes.RowsAtOnce(rows.Dimension),
            threads,
            (_, first, count) =>
            {
                var floats = ArrayPool<float>.Shared.Rent(count * rows.Dimension);
                var read = floats.AsSpan(0, count * rows.Dimension);
                rows.Read(first, read);
                quantiser.Encode(read, codes.Rows(first, count));
                ArrayPool<float>.Shared.Return(floats);
            },
            stop
        );
        return codes;
    }

    /// <summary>The codes of consecutive rows of one block, to read and to write.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many; they end where the block does (see <see cref="BlockRows"/>) or before.</param>
    public Span<byte> Rows(long first, int rows)
    {
        var block = first / BlockRows;
        return blocks[block].AsSpan((int)(first - (block * BlockRows)) * CodeBytes, rows * CodeBytes);
    }

    /// <summary>How many rows from <paramref name="first"/> on lie one after the other, and at most <paramref name="most"/>.</summary>
    public int Run(long first, long most) =>
        (int)Math.Min(most, Math.Min(BlockRows - (first % BlockRows), Count - first));

    internal void Write(Stream to)
    {
        foreach (var block in blocks)
            to.Write(block);
    }

    internal void Read(Stream from)
    {
        foreach (var block in blocks)
            from.ReadExactly(block);
    }

    // A power of two, so that no run of rows crosses the end of a block.
    internal int RowsAtOnce(int dimension) =>
        Math.Min(BlockRows, 1 << BitOperations.Log2((uint)Math.Clamp(FloatsAtOnce / dimension, 1, 4096)));
}
