using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>C[m, n] = A[m, k] · B[n, k]ᵀ in single precision: the inner products of every row of A with every row of B.</summary>
/// <remarks>
/// Each sum is one chain of fused multiply-adds in the order of k, cut only at <see cref="PackedRows.DepthSlice"/>: it is the
/// same to the last bit whatever the vector width, the block sizes and the number of threads.
/// </remarks>
public static unsafe class MatrixProduct
{
    // Rows of A in the registers at once: 8 × 2 vectors of 16 leave room for what is loaded. AVX2 has half the registers of half
    // the width, so that a panel is worked off in two halves there, six rows at a time.
    private const int WideRows = 12;
    private const int NarrowRows = 6;

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
            Multiply(left, m, b, result, b.Count);
    }

    /// <summary>On several threads, by blocks of rows of A.</summary>
    public static void Multiply(ReadOnlyMemory<float> a, PackedRows b, Memory<float> c, int threads)
    {
        ArgumentNullException.ThrowIfNull(b);
        RowBlocks.ForEach(
            a.Length / b.Depth,
            96,
            threads,
            (_, first, rows) =>
                Multiply(
                    a.Span.Slice((int)first * b.Depth, rows * b.Depth),
                    b,
                    c.Span.Slice((int)first * b.Count, rows * b.Count)
                )
        );
    }

    private static void Multiply(float* a, int m, PackedRows b, float* c, int stride)
    {
        var wide = Vector512.IsHardwareAccelerated;
        var step = wide ? WideRows : NarrowRows;
        var tile = Scratch();
        for (var slice = 0; slice < b.Depth; slice += PackedRows.DepthSlice)
        {
            var depth = Math.Min(PackedRows.DepthSlice, b.Depth - slice);
            for (var panel = 0; panel < b.Panels; panel++)
            {
                var right = b.PanelAt(panel, slice);
                var width = Math.Min(PackedRows.Panel, b.Count - (panel * PackedRows.Panel));
                var column = c + ((long)panel * PackedRows.Panel);
                for (var row = 0; row < m; row += step)
                {
                    var height = Math.Min(step, m - row);
                    var left = a + ((long)row * b.Depth) + slice;
                    if (wide)
                        Wide(left, b.Depth, height, right, depth, tile);
                    else if (Fma.IsSupported)
                        Narrow(left, b.Depth, height, right, depth, tile);
                    else
                        Plain(left, b.Depth, height, right, depth, tile);
                    Take(tile, height, width, column + ((long)row * stride), stride, slice > 0);
                }
            }
        }
    }

    private static float* Scratch() => (scratch ??= new AlignedFloats(WideRows * PackedRows.Panel)).Pointer;

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

    // Rows beyond 'height' are taken as the last one, whose results nobody looks at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wide(float* a, int stride, int height, float* b, int depth, float* tile)
    {
        float* Row(int row) => a + ((long)Math.Min(row, height - 1) * stride);
        float* a0 = Row(0),
            a1 = Row(1),
            a2 = Row(2),
            a3 = Row(3),
            a4 = Row(4),
            a5 = Row(5);
        float* a6 = Row(6),
            a7 = Row(7),
            a8 = Row(8),
            a9 = Row(9),
            a10 = Row(10),
            a11 = Row(11);
        Vector512<float> c00 = default,
            c01 = default,
            c10 = default,
            c11 = default,
            c20 = default,
            c21 = default;
        Vector512<float> c30 = default,
            c31 = default,
            c40 = default,
            c41 = default,
            c50 = default,
            c51 = default;
        Vector512<float> c60 = default,
            c61 = default,
            c70 = default,
            c71 = default,
            c80 = default,
            c81 = default;
        Vector512<float> c90 = default,
            c91 = default,
            cA0 = default,
            cA1 = default,
            cB0 = default,
            cB1 = default;
        for (nint k = 0; k < depth; k++)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 16);
            b += PackedRows.Panel;
            var x = Vector512.Create(a0[k]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a1[k]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a2[k]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a3[k]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a4[k]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a5[k]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(a6[k]);
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a7[k]);
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            x = Vector512.Create(a8[k]);
            c80 = Vector512.FusedMultiplyAdd(x, b0, c80);
            c81 = Vector512.FusedMultiplyAdd(x, b1, c81);
            x = Vector512.Create(a9[k]);
            c90 = Vector512.FusedMultiplyAdd(x, b0, c90);
            c91 = Vector512.FusedMultiplyAdd(x, b1, c91);
            x = Vector512.Create(a10[k]);
            cA0 = Vector512.FusedMultiplyAdd(x, b0, cA0);
            cA1 = Vector512.FusedMultiplyAdd(x, b1, cA1);
            x = Vector512.Create(a11[k]);
            cB0 = Vector512.FusedMultiplyAdd(x, b0, cB0);
            cB1 = Vector512.FusedMultiplyAdd(x, b1, cB1);
        }
        Store(tile, 0, c00, c01);
        Store(tile, 1, c10, c11);
        Store(tile, 2, c20, c21);
        Store(tile, 3, c30, c31);
        Store(tile, 4, c40, c41);
        Store(tile, 5, c50, c51);
        Store(tile, 6, c60, c61);
        Store(tile, 7, c70, c71);
        Store(tile, 8, c80, c81);
        Store(tile, 9, c90, c91);
        Store(tile, 10, cA0, cA1);
        Store(tile, 11, cB0, cB1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Narrow(float* a, int stride, int height, float* b, int depth, float* tile)
    {
        float* Row(int row) => a + ((long)Math.Min(row, height - 1) * stride);
        float* a0 = Row(0),
            a1 = Row(1),
            a2 = Row(2),
            a3 = Row(3),
            a4 = Row(4),
            a5 = Row(5);
        for (var half = 0; half < PackedRows.Panel; half += 16)
        {
            Vector256<float> c00 = default,
                c01 = default,
                c10 = default,
                c11 = default,
                c20 = default,
                c21 = default;
            Vector256<float> c30 = default,
                c31 = default,
                c40 = default,
                c41 = default,
                c50 = default,
                c51 = default;
            var at = b + half;
            for (nint k = 0; k < depth; k++)
            {
                var b0 = Vector256.Load(at);
                var b1 = Vector256.Load(at + 8);
                at += PackedRows.Panel;
                var x = Vector256.Create(a0[k]);
                c00 = Fma.MultiplyAdd(x, b0, c00);
                c01 = Fma.MultiplyAdd(x, b1, c01);
                x = Vector256.Create(a1[k]);
                c10 = Fma.MultiplyAdd(x, b0, c10);
                c11 = Fma.MultiplyAdd(x, b1, c11);
                x = Vector256.Create(a2[k]);
                c20 = Fma.MultiplyAdd(x, b0, c20);
                c21 = Fma.MultiplyAdd(x, b1, c21);
                x = Vector256.Create(a3[k]);
                c30 = Fma.MultiplyAdd(x, b0, c30);
                c31 = Fma.MultiplyAdd(x, b1, c31);
                x = Vector256.Create(a4[k]);
                c40 = Fma.MultiplyAdd(x, b0, c40);
                c41 = Fma.MultiplyAdd(x, b1, c41);
                x = Vector256.Create(a5[k]);
                c50 = Fma.MultiplyAdd(x, b0, c50);
                c51 = Fma.MultiplyAdd(x, b1, c51);
            }
            var to = tile + half;
            Store(to, 0, c00, c01);
            Store(to, 1, c10, c11);
            Store(to, 2, c20, c21);
            Store(to, 3, c30, c31);
            Store(to, 4, c40, c41);
            Store(to, 5, c50, c51);
        }
    }

    private static void Plain(float* a, int stride, int height, float* b, int depth, float* tile)
    {
        for (var row = 0; row < height; row++)
        {
            var to = tile + (row * PackedRows.Panel);
            for (var lane = 0; lane < PackedRows.Panel; lane++)
            {
                var sum = 0f;
                for (var k = 0; k < depth; k++)
                    sum = MathF.FusedMultiplyAdd(a[((long)row * stride) + k], b[(k * PackedRows.Panel) + lane], sum);
                to[lane] = sum;
            }
        }
    }

    private static void Store(float* tile, int row, Vector512<float> left, Vector512<float> right)
    {
        left.Store(tile + (row * PackedRows.Panel));
        right.Store(tile + (row * PackedRows.Panel) + 16);
    }

    private static void Store(float* tile, int row, Vector256<float> left, Vector256<float> right)
    {
        left.Store(tile + (row * PackedRows.Panel));
        right.Store(tile + (row * PackedRows.Panel) + 8);
    }
}
