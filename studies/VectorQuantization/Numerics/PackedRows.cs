namespace VectorQuantization.Numerics;

/// <summary>The right side of a matrix product, B[n, k], laid out once for many products: panels of 32 rows, transposed.</summary>
/// <remarks>
/// Layout as in K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication" (2008): depth is cut into slices of
/// <see cref="DepthSlice"/>; of each slice, a panel holds its 32 rows' first coordinates, then their second ones, and so on.
/// Rows that fill up the last panel are zero.
/// </remarks>
public sealed unsafe class PackedRows : IDisposable
{
    /// <summary>Rows a panel: two vectors of 16.</summary>
    internal const int Panel = 32;

    /// <summary>Coordinates a slice: 32 rows of it (64 KiB) stay in the second-level cache, a left block's beside them.</summary>
    internal const int DepthSlice = 512;

    private readonly AlignedFloats floats;

    /// <summary>Room for up to <paramref name="capacity"/> rows of <paramref name="depth"/> coordinates.</summary>
    public PackedRows(int capacity, int depth)
    {
        Capacity = capacity;
        Depth = depth;
        floats = new AlignedFloats(checked((capacity + Panel - 1) / Panel * Panel * depth));
    }

    /// <summary>Rows that there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Rows packed.</summary>
    public int Count { get; private set; }

    /// <summary>Coordinates a row.</summary>
    public int Depth { get; }

    internal int Panels => (Count + Panel - 1) / Panel;

    /// <summary>The rows of <paramref name="rows"/>, packed.</summary>
    public static PackedRows Of(ReadOnlySpan<float> rows, int depth)
    {
        var packed = new PackedRows(rows.Length / depth, depth);
        packed.Pack(rows);
        return packed;
    }

    /// <summary>Takes these rows instead of those before.</summary>
    /// <param name="rows">Row-major, at most <see cref="Capacity"/> rows.</param>
    public void Pack(ReadOnlySpan<float> rows)
    {
        Count = rows.Length / Depth;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Count, Capacity, nameof(rows));
        for (var panel = 0; panel < Panels; panel++)
        {
            var first = panel * Panel;
            var height = Math.Min(Panel, Count - first);
            PackPanel(panel, rows.Slice(first * Depth, height * Depth));
        }
    }

    /// <summary>Packs one panel alone: for those who pack panels on several threads, and know themselves how many rows there are.</summary>
    internal void PackPanel(int panel, ReadOnlySpan<float> rows)
    {
        fixed (float* from = rows)
            Interleaving.Lay(from, Depth, rows.Length / Depth, Depth, PanelAt(panel, 0), Panel);
    }

    // Slices of one panel stand one after the other: a panel is Panel × Depth floats.
    internal float* PanelAt(int panel, int slice) =>
        floats.Pointer + ((long)panel * Panel * Depth) + ((long)slice * Panel);

    /// <inheritdoc />
    public void Dispose() => floats.Dispose();
}
