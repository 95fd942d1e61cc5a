using VectorQuantization.Numerics;

namespace VectorQuantization.Formats;

/// <summary>Rows that have to be decoded a block at a time: compressed, or text. What was decoded last is kept.</summary>
public abstract class BlockVectors : StoredVectors
{
    /// <summary>Decoded blocks are kept up to so many bytes; one always is.</summary>
    public const long KeptBytes = 512L << 20;

    private readonly long[] starts;
    private readonly Lock gate = new();
    private readonly Dictionary<int, Kept> kept = [];
    private long keptBytes;
    private long clock;

    /// <summary>Rows in blocks.</summary>
    /// <param name="origin">What the user called the file.</param>
    /// <param name="starts">The first row of each block, and at the end the number of rows: ascending, from 0.</param>
    /// <param name="dimension">Coordinates a row.</param>
    protected BlockVectors(string origin, long[] starts, int dimension)
        : base(origin, starts[^1], dimension) => this.starts = starts;

    /// <inheritdoc />
    public override long ResidentBytes => Math.Min(KeptBytes, sizeof(float) * Count * Dimension);

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        var asked = RowsAsked(first, rows);
        for (var at = 0; at < asked; )
        {
            var block = BlockOf(first + at);
            var count = (int)Math.Min(asked - at, starts[block + 1] - (first + at));
            Rows(block, first + at, count).CopyTo(rows[(at * Dimension)..]);
            at += count;
        }
    }

    /// <inheritdoc />
    public override bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        if (rowCount < 1)
            return false;
        var block = BlockOf(first);
        if (first + rowCount > starts[block + 1])
            return false;
        rows = Rows(block, first, rowCount);
        return true;
    }

    /// <inheritdoc />
    internal override void ReadStored(long first, Span<byte> rows) =>
        throw new NotSupportedException($"'{Origin}' holds no whole numbers.");

    /// <summary>Decodes all rows of a block. Called on several threads, for different blocks.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="first">Its first row.</param>
    /// <param name="rows">Room for exactly its rows.</param>
    protected abstract void Decode(int block, long first, Span<float> rows);

    private int BlockOf(long row)
    {
        var found = Array.BinarySearch(starts, row);
        if (found < 0)
            return ~found - 1;
        // Blocks without rows share their start with the next.
        while (found + 1 < starts.Length && starts[found + 1] == row)
            found++;
        return found;
    }

    private ReadOnlySpan<float> Rows(int block, long first, int count) =>
        Take(block).Value.AsSpan((int)(first - starts[block]) * Dimension, count * Dimension);

    private Lazy<float[]> Take(int block)
    {
        lock (gate)
        {
            if (!kept.TryGetValue(block, out var entry))
            {
                entry = new Kept(new Lazy<float[]>(() => Decoded(block)));
                kept.Add(block, entry);
                keptBytes += BytesOf(block);
                Forget(block);
            }
            entry.Used = ++clock;
            return entry.Rows;
        }
    }

    private void Forget(int newest)
    {
        while (keptBytes > KeptBytes && kept.Count > 1)
        {
            var oldest = kept.Where(pair => pair.Key != newest).MinBy(pair => pair.Value.Used).Key;
            kept.Remove(oldest);
            keptBytes -= BytesOf(oldest);
        }
    }

    private long BytesOf(int block) => (starts[block + 1] - starts[block]) * Dimension * sizeof(float);

    private float[] Decoded(int block)
    {
        var rows = new float[checked((starts[block + 1] - starts[block]) * Dimension)];
        Decode(block, starts[block], rows);
        var bad = Finite.FirstOther(rows);
        if (bad >= 0)
            throw NotFinite.At(Origin, starts[block] + (bad / Dimension), bad % Dimension, rows[bad]);
        return rows;
    }

    private sealed class Kept(Lazy<float[]> rows)
    {
        public Lazy<float[]> Rows => rows;
        public long Used { get; set; }
    }
}
