namespace VectorQuantization.Numerics;

/// <summary>C[m, n] = A[m, k] · B[n, k]ᵀ in single precision: the inner products of every row of A with every row of B.</summary>
/// <remarks>
/// Each sum is one chain of fused multiply-adds in the order of k, cut only at <see cref="PackedRows.DepthSlice"/>: it is the
/// same to the last bit whatever the vector width, the block sizes and the number of threads.
/// </remarks>
public static unsafe class MatrixProduct
{
    // Rows of A packed at once: 96 × 512 coordinates (192 KiB) stay in the second-level cache beside a panel of B.
    private const int BlockRows = 96;

    [ThreadStatic]
    private static AlignedFloats? scratch;

    /// <summary>On the calling thread.</summary>
    /// <param name="a">Row-major, m × k.</param>
    /// <param name="b">n rows of k, packed.</param>
    /// <param name="c">Row-major, m × n; overwritten.</param>
    public static void Multiply(ReadOnlySpan<float> a, PackedRows b, Span<float> c)
    {
        ArgumentNullException.ThrowIfNull(b);
        var m = a.Length / b.Depth;
        if (c.Length < (long)m * b.Count)
            throw new ArgumentException($"{c.Length} floats have no room for {m} × {b.Count}.", nameof(c));
        fixed (float* left = a)
        fixed (float* result = c)
            for (var first = 0; first < m; first += BlockRows)
                Multiply(
                    left + ((long)first * b.Depth),
                    Math.Min(BlockRows, m - first),
                    b,
                    result + ((long)first * b.Count)
                );
    }

    /// <summary>On several threads, by blocks of rows of A.</summary>
    public static void Multiply(ReadOnlyMemory<float> a, PackedRows b, Memory<float> c, int threads)
    {
        ArgumentNullException.ThrowIfNull(b);
        RowBlocks.ForEach(
            a.Length / b.Depth,
            BlockRows,
            threads,
            (_, first, rows) =>
                Multiply(
                    a.Span.Slice((int)first * b.Depth, rows * b.Depth),
                    b,
                    c.Span.Slice((int)first * b.Count, rows * b.Count)
                )
        );
    }

    private static void Multiply(float* a, int m, PackedRows b, float* c)
    {
        var step = TileKernel.Rows;
        var packed = Scratch();
        var tile = packed + (BlockRows * PackedRows.DepthSlice);
        for (var slice = 0; slice < b.Depth; slice += PackedRows.DepthSlice)
        {
            var depth = Math.Min(PackedRows.DepthSlice, b.Depth - slice);
            for (var row = 0; row < m; row += step)
                TileKernel.Pack(
                    a + ((long)row * b.Depth) + slice,
                    b.Depth,
                    Math.Min(step, m - row),
                    depth,
                    packed + (row * depth)
                );
            for (var panel = 0; panel < b.Panels; panel++)
            {
                var right = b.PanelAt(panel, slice);
                var width = Math.Min(PackedRows.Panel, b.Count - (panel * PackedRows.Panel));
                var column = c + ((long)panel * PackedRows.Panel);
                for (var row = 0; row < m; row += step)
                {
                    TileKernel.Multiply(packed + (row * depth), right, depth, tile);
                    Take(tile, Math.Min(step, m - row), width, column + ((long)row * b.Count), b.Count, slice > 0);
                }
            }
        }
    }

    private static float* Scratch() =>
        (
            scratch ??= new AlignedFloats(
                (BlockRows * PackedRows.DepthSlice) + (TileKernel.MostRows * PackedRows.Panel)
            )
        ).Pointer;

    private static void Take(float* tile, int height, int width, float* c, int stride, bool add)
    {
        for (var row = 0; row < height; row++)
        {
            var from = new ReadOnlySpan<float>(tile + (row * PackedRows.Panel), width);
            var to = new Span<float>(c + ((long)row * stride), width);
            if (add)
                Kernels.Add(to, from);
            else
                from.CopyTo(to);
        }
    }
}
