using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>Lays rows side by side: the first coordinate of each, then the second of each.</summary>
internal static unsafe class Interleaving
{
    /// <summary>to[k · step + row] = rows[row · stride + k]; places of rows beyond <paramref name="height"/> become zero.</summary>
    /// <param name="rows">The first row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="height">How many rows, at most <paramref name="step"/>.</param>
    /// <param name="depth">Coordinates of each to take.</param>
    /// <param name="to">depth × <paramref name="step"/> floats.</param>
    /// <param name="step">Places a coordinate.</param>
    public static void Lay(float* rows, long stride, int height, int depth, float* to, int step)
    {
        if (height < step)
            new Span<float>(to, step * depth).Clear();
        var row = 0;
        if (Sse.IsSupported)
            for (; row <= height - 4; row += 4)
                Four(rows + (row * stride), stride, depth, to + row, step);
        for (; row < height; row++)
            One(rows + (row * stride), 0, depth, to + row, step);
    }

    private static void One(float* from, nint k, int depth, float* to, int step)
    {
        for (; k < depth; k++)
            to[k * step] = from[k];
    }

    // 4 × 4 floats are transposed in registers.
    private static void Four(float* row, long stride, int depth, float* to, int step)
    {
        nint k = 0;
        for (; k <= depth - 4; k += 4)
        {
            var r0 = Vector128.Load(row + k);
            var r1 = Vector128.Load(row + stride + k);
            var r2 = Vector128.Load(row + (2 * stride) + k);
            var r3 = Vector128.Load(row + (3 * stride) + k);
            var low01 = Sse.UnpackLow(r0, r1);
            var low23 = Sse.UnpackLow(r2, r3);
            var high01 = Sse.UnpackHigh(r0, r1);
            var high23 = Sse.UnpackHigh(r2, r3);
            var at = to + (k * step);
            Sse.MoveLowToHigh(low01, low23).Store(at);
            Sse.MoveHighToLow(low23, low01).Store(at + step);
            Sse.MoveLowToHigh(high01, high23).Store(at + (2 * step));
            Sse.MoveHighToLow(high23, high01).Store(at + (3 * step));
        }
        for (var rest = 0; rest < 4; rest++)
            One(row + (rest * stride), k, depth, to + rest, step);
    }
}
