using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Clustering;

/// <summary>Rows to a tile of 64 columns.</summary>
internal static unsafe class Transposition
{
    /// <summary>Writes up to 64 rows as the columns of a tile, less an offset; the columns that are left become zero.</summary>
    /// <param name="from">The first coordinate wanted of the first row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="count">Rows, at most 64.</param>
    /// <param name="dimension">Coordinates wanted of each row.</param>
    /// <param name="offset">Taken off each row; null for zero.</param>
    /// <param name="tile">64 floats a coordinate.</param>
    public static void Apply(float* from, int stride, int count, int dimension, float* offset, float* tile)
    {
        if (count < RowTiles.Height)
            new Span<float>(tile, dimension * RowTiles.Height).Clear();
        var row = 0;
        for (; row <= count - 8; row += 8)
        {
            var k = 0;
            for (; k <= dimension - 8; k += 8)
                Eight(
                    from + ((nint)row * stride) + k,
                    stride,
                    offset is null ? null : offset + k,
                    tile + (k * RowTiles.Height) + row
                );
            Rest(from, stride, row, 8, k, dimension, offset, tile);
        }
        Rest(from, stride, row, count - row, 0, dimension, offset, tile);
    }

    private static void Rest(
        float* from,
        int stride,
        int row,
        int rows,
        int k,
        int dimension,
        float* offset,
        float* tile
    )
    {
        for (var r = row; r < row + rows; r++)
        for (var c = k; c < dimension; c++)
            tile[(c * RowTiles.Height) + r] = from[((nint)r * stride) + c] - (offset is null ? 0 : offset[c]);
    }

    // 8 × 8: four rounds of interleaving.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* from, int stride, float* offset, float* to)
    {
        var less = offset is null ? Vector256<float>.Zero : Vector256.Load(offset);
        var r0 = Vector256.Load(from) - less;
        var r1 = Vector256.Load(from + stride) - less;
        var r2 = Vector256.Load(from + (2 * (nint)stride)) - less;
        var r3 = Vector256.Load(from + (3 * (nint)stride)) - less;
        var r4 = Vector256.Load(from + (4 * (nint)stride)) - less;
        var r5 = Vector256.Load(from + (5 * (nint)stride)) - less;
        var r6 = Vector256.Load(from + (6 * (nint)stride)) - less;
        var r7 = Vector256.Load(from + (7 * (nint)stride)) - less;
        Four(r0.GetLower(), r1.GetLower(), r2.GetLower(), r3.GetLower(), to);
        Four(r4.GetLower(), r5.GetLower(), r6.GetLower(), r7.GetLower(), to + 4);
        Four(r0.GetUpper(), r1.GetUpper(), r2.GetUpper(), r3.GetUpper(), to + (4 * RowTiles.Height));
        Four(r4.GetUpper(), r5.GetUpper(), r6.GetUpper(), r7.GetUpper(), to + (4 * RowTiles.Height) + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* to)
    {
        Four(a, b, c, d, out var k0, out var k1, out var k2, out var k3);
        k0.Store(to);
        k1.Store(to + RowTiles.Height);
        k2.Store(to + (2 * RowTiles.Height));
        k3.Store(to + (3 * RowTiles.Height));
    }

    /// <summary>4 × 4: the columns of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Four(
        Vector128<float> a,
        Vector128<float> b,
        Vector128<float> c,
        Vector128<float> d,
        out Vector128<float> k0,
        out Vector128<float> k1,
        out Vector128<float> k2,
        out Vector128<float> k3
    )
    {
        if (!Sse.IsSupported)
        {
            k0 = Vector128.Create(a[0], b[0], c[0], d[0]);
            k1 = Vector128.Create(a[1], b[1], c[1], d[1]);
            k2 = Vector128.Create(a[2], b[2], c[2], d[2]);
            k3 = Vector128.Create(a[3], b[3], c[3], d[3]);
            return;
        }
        var ab = Sse.UnpackLow(a, b);
        var cd = Sse.UnpackLow(c, d);
        k0 = Sse.MoveLowToHigh(ab, cd);
        k1 = Sse.MoveHighToLow(cd, ab);
        ab = Sse.UnpackHigh(a, b);
        cd = Sse.UnpackHigh(c, d);
        k2 = Sse.MoveLowToHigh(ab, cd);
        k3 = Sse.MoveHighToLow(cd, ab);
    }
}
