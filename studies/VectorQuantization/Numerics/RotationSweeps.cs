using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>Rotations of neighbouring rows, noted down to be applied together.</summary>
internal sealed class RotationSweeps
{
    // Columns worked on at once: four vectors of eight, held in registers from one rotation to the next.
    private const int Width = 32;

    private readonly List<(int Top, int First)> sweeps = [];
    private readonly List<(double Cosine, double Sine)> rotations = [];

    /// <summary>A sweep starts with the rotation of rows <paramref name="top"/> and <paramref name="top"/> + 1 and goes down from there.</summary>
    public void Begin(int top) => sweeps.Add((top, rotations.Count));

    /// <summary>The next rotation of the sweep, of rows i and i + 1: i ← c·i − s·(i + 1), i + 1 ← s·i + c·(i + 1).</summary>
    public void Add(double cosine, double sine) => rotations.Add((cosine, sine));

    /// <summary>Applies all of them.</summary>
    public void ApplyTo(double[][] rows, int threads, CancellationToken stop) =>
        RowBlocks.ForEach(
            rows.Length,
            Width,
            threads,
            (_, column, width) =>
            {
                // A strip of its own: all its rows lie side by side, and it is as wide as the vectors.
                var strip = new double[rows.Length * Width];
                for (var row = 0; row < rows.Length; row++)
                    rows[row].AsSpan((int)column, width).CopyTo(strip.AsSpan(row * Width));
                ApplyTo(strip, stop);
                for (var row = 0; row < rows.Length; row++)
                    strip.AsSpan(row * Width, width).CopyTo(rows[row].AsSpan((int)column));
            },
            stop
        );

    private void ApplyTo(double[] strip, CancellationToken stop)
    {
        var all = CollectionsMarshal.AsSpan(rotations);
        for (var sweep = 0; sweep < sweeps.Count; sweep++)
        {
            stop.ThrowIfCancellationRequested();
            var (top, first) = sweeps[sweep];
            var end = sweep + 1 < sweeps.Count ? sweeps[sweep + 1].First : all.Length;
            Sweep(strip, top, all[first..end]);
        }
    }

    private static void Sweep(double[] strip, int top, ReadOnlySpan<(double Cosine, double Sine)> rotations)
    {
        if (rotations.IsEmpty)
            return;
        ref var start = ref MemoryMarshal.GetArrayDataReference(strip);
        var upper = (nuint)((top + 1) * Width);
        var x0 = Vector512.LoadUnsafe(ref start, upper);
        var x1 = Vector512.LoadUnsafe(ref start, upper + 8);
        var x2 = Vector512.LoadUnsafe(ref start, upper + 16);
        var x3 = Vector512.LoadUnsafe(ref start, upper + 24);
        foreach (var (cosine, sine) in rotations)
        {
            var c = Vector512.Create(cosine);
            var s = Vector512.Create(sine);
            var lower = upper - Width;
            var y0 = Vector512.LoadUnsafe(ref start, lower);
            var y1 = Vector512.LoadUnsafe(ref start, lower + 8);
            var y2 = Vector512.LoadUnsafe(ref start, lower + 16);
            var y3 = Vector512.LoadUnsafe(ref start, lower + 24);
            Vector512.FusedMultiplyAdd(s, y0, c * x0).StoreUnsafe(ref start, upper);
            Vector512.FusedMultiplyAdd(s, y1, c * x1).StoreUnsafe(ref start, upper + 8);
            Vector512.FusedMultiplyAdd(s, y2, c * x2).StoreUnsafe(ref start, upper + 16);
            Vector512.FusedMultiplyAdd(s, y3, c * x3).StoreUnsafe(ref start, upper + 24);
            x0 = Vector512.FusedMultiplyAdd(c, y0, -(s * x0));
            x1 = Vector512.FusedMultiplyAdd(c, y1, -(s * x1));
            x2 = Vector512.FusedMultiplyAdd(c, y2, -(s * x2));
            x3 = Vector512.FusedMultiplyAdd(c, y3, -(s * x3));
            upper = lower;
        }
        x0.StoreUnsafe(ref start, upper);
        x1.StoreUnsafe(ref start, upper + 8);
        x2.StoreUnsafe(ref start, upper + 16);
        x3.StoreUnsafe(ref start, upper + 24);
    }
}
