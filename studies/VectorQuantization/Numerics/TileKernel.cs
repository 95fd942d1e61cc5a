using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>The inner products of a few rows of A with a panel of 32 rows of B, kept in registers: the heart of all matrix products here.</summary>
internal static unsafe class TileKernel
{
    // Rows of A in the registers at once: 12 × 2 vectors of 16 leave room for what is loaded. AVX2 has half the registers of half
    // the width, so that a panel is worked off in two halves there, six rows at a time.
    private const int WideRows = 12;
    private const int NarrowRows = 6;

    /// <summary>The most rows of A that a tile has on any machine.</summary>
    public const int MostRows = WideRows;

    /// <summary>Rows of A in a tile on this machine.</summary>
    public static int Rows => Vector512.IsHardwareAccelerated ? WideRows : NarrowRows;

    /// <summary>Lays rows out as <see cref="Multiply"/> wants them: the first coordinate of each, then the second of each.</summary>
    /// <param name="rows">The first of them.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="height">How many, at most <see cref="Rows"/>; those missing are zero.</param>
    /// <param name="depth">Coordinates of each to take.</param>
    /// <param name="to">depth × <see cref="Rows"/> floats.</param>
    public static void Pack(float* rows, long stride, int height, int depth, float* to) =>
        Interleaving.Lay(rows, stride, height, depth, to, Rows);

    /// <summary>tile[row, lane] = Σₖ a[k, row] · b[k, lane], each sum one chain of fused multiply-adds in the order of k.</summary>
    /// <param name="a">Packed rows, <see cref="Rows"/> a coordinate.</param>
    /// <param name="b">A panel, <see cref="PackedRows.Panel"/> a coordinate.</param>
    /// <param name="depth">Coordinates.</param>
    /// <param name="tile"><see cref="Rows"/> × <see cref="PackedRows.Panel"/> floats; overwritten.</param>
    public static void Multiply(float* a, float* b, int depth, float* tile)
    {
        if (Vector512.IsHardwareAccelerated)
            Wide(a, b, depth, tile);
        else if (Fma.IsSupported)
            Narrow(a, b, depth, tile);
        else
            Plain(a, b, depth, tile);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wide(float* a, float* b, int depth, float* tile)
    {
        Vector512<float> c00 = default,
            c01 = default,
            c10 = default,
            c11 = default,
            c20 = default,
            c21 = default,
            c30 = default,
            c31 = default,
            c40 = default,
            c41 = default,
            c50 = default,
            c51 = default,
            c60 = default,
            c61 = default,
            c70 = default,
            c71 = default,
            c80 = default,
            c81 = default,
            c90 = default,
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
            var x = Vector512.Create(a[0]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[1]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a[4]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a[5]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(a[6]);
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a[7]);
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            x = Vector512.Create(a[8]);
            c80 = Vector512.FusedMultiplyAdd(x, b0, c80);
            c81 = Vector512.FusedMultiplyAdd(x, b1, c81);
            x = Vector512.Create(a[9]);
            c90 = Vector512.FusedMultiplyAdd(x, b0, c90);
            c91 = Vector512.FusedMultiplyAdd(x, b1, c91);
            x = Vector512.Create(a[10]);
            cA0 = Vector512.FusedMultiplyAdd(x, b0, cA0);
            cA1 = Vector512.FusedMultiplyAdd(x, b1, cA1);
            x = Vector512.Create(a[11]);
            cB0 = Vector512.FusedMultiplyAdd(x, b0, cB0);
            cB1 = Vector512.FusedMultiplyAdd(x, b1, cB1);
            a += WideRows;
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
    private static void Narrow(float* a, float* b, int depth, float* tile)
    {
        for (var half = 0; half < PackedRows.Panel; half += 16)
        {
            Vector256<float> c00 = default,
                c01 = default,
                c10 = default,
                c11 = default,
                c20 = default,
                c21 = default,
                c30 = default,
                c31 = default,
                c40 = default,
                c41 = default,
                c50 = default,
                c51 = default;
            var left = a;
            var right = b + half;
            for (nint k = 0; k < depth; k++)
            {
                var b0 = Vector256.Load(right);
                var b1 = Vector256.Load(right + 8);
                right += PackedRows.Panel;
                var x = Vector256.Create(left[0]);
                c00 = Fma.MultiplyAdd(x, b0, c00);
                c01 = Fma.MultiplyAdd(x, b1, c01);
                x = Vector256.Create(left[1]);
                c10 = Fma.MultiplyAdd(x, b0, c10);
                c11 = Fma.MultiplyAdd(x, b1, c11);
                x = Vector256.Create(left[2]);
                c20 = Fma.MultiplyAdd(x, b0, c20);
                c21 = Fma.MultiplyAdd(x, b1, c21);
                x = Vector256.Create(left[3]);
                c30 = Fma.MultiplyAdd(x, b0, c30);
                c31 = Fma.MultiplyAdd(x, b1, c31);
                x = Vector256.Create(left[4]);
                c40 = Fma.MultiplyAdd(x, b0, c40);
                c41 = Fma.MultiplyAdd(x, b1, c41);
                x = Vector256.Create(left[5]);
                c50 = Fma.MultiplyAdd(x, b0, c50);
                c51 = Fma.MultiplyAdd(x, b1, c51);
                left += NarrowRows;
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

    private static void Plain(float* a, float* b, int depth, float* tile)
    {
        for (var row = 0; row < NarrowRows; row++)
        for (var lane = 0; lane < PackedRows.Panel; lane++)
        {
            var sum = 0f;
            for (nint k = 0; k < depth; k++)
                sum = MathF.FusedMultiplyAdd(a[(k * NarrowRows) + row], b[(k * PackedRows.Panel) + lane], sum);
            tile[(row * PackedRows.Panel) + lane] = sum;
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
