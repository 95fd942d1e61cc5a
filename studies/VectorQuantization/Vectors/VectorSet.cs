namespace VectorQuantization.Vectors;

/// <summary>Rows of equally many coordinates, in a file or in memory, read as single-precision floats.</summary>
/// <param name="origin">What the user called it: a path, or <c>dummy</c>. For messages and result rows.</param>
/// <param name="count">Number of rows, at least 0.</param>
/// <param name="dimension">Coordinates a row, at least 1.</param>
public abstract class VectorSet(string origin, long count, int dimension) : IDisposable
{
    /// <summary>What the user called it.</summary>
    public string Origin { get; } = origin;

    /// <summary>Number of rows.</summary>
    public long Count { get; } = count;

    /// <summary>Coordinates a row.</summary>
    public int Dimension { get; } = dimension;

    /// <summary>How the rows are stored.</summary>
    public abstract ElementType Element { get; }

    /// <summary>Bytes of anonymous memory that this set holds on to: 0 for a mapped file, whose pages can be dropped.</summary>
    public virtual long ResidentBytes => 0;

    /// <summary>Copies rows <paramref name="first"/>, <paramref name="first"/> + 1, … as floats. Thread-safe.</summary>
    /// <param name="first">0-based; with the rows asked for, within <see cref="Count"/>.</param>
    /// <param name="rows">Row-major; its length is a multiple of <see cref="Dimension"/> and says how many rows.</param>
    /// <exception cref="Problems.BadInputException">A row can't be used: it was cut off, or holds NaN or an infinity.</exception>
    public abstract void Read(long first, Span<float> rows);

    /// <summary>Rows as they lie in memory, without a copy, where they lie there as floats one after the other.</summary>
    public virtual bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        return false;
    }

    /// <summary>All rows in one array. For sets that were cut to a size that fits.</summary>
    public float[] ToArray()
    {
        var all = new float[checked((int)(Count * Dimension))];
        Read(0, all);
        return all;
    }

    /// <summary>Checks the arguments of <see cref="Read"/>.</summary>
    /// <returns>How many rows are asked for.</returns>
    protected int RowsAsked(long first, Span<float> rows)
    {
        var asked = rows.Length / Dimension;
        if (asked * Dimension != rows.Length)
            throw new ArgumentException($"{rows.Length} floats are no whole rows of {Dimension}.", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + asked, Count);
        return asked;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Unmaps or closes what lies behind.</summary>
    protected virtual void Dispose(bool disposing) { }
}
