using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>A symmetric matrix brought to tridiagonal form by reflections: A = Z·T·Zᵀ.</summary>
/// <remarks>
/// Only the upper triangle is kept. The update of one step and the product with the next reflection's vector are one pass over it,
/// which halves what goes through memory.
/// </remarks>
internal sealed class HouseholderReduction
{
    private readonly double[][] rows;
    private readonly double[] scales;
    private readonly int n;

    /// <summary>Reduces <paramref name="matrix"/> in place.</summary>
    public HouseholderReduction(double[][] matrix, CancellationToken stop)
    {
        rows = matrix;
        n = matrix.Length;
        scales = new double[n];
        Diagonal = new double[n];
        BesideDiagonal = new double[n];
        Reduce(stop);
    }

    /// <summary>The diagonal of T.</summary>
    public double[] Diagonal { get; }

    /// <summary>Entry i stands between rows i and i + 1 of T; the last is 0.</summary>
    public double[] BesideDiagonal { get; }

    /// <summary>The rows of Zᵀ.</summary>
    public double[][] Basis(int threads, CancellationToken stop)
    {
        const int height = 4;
        var basis = new double[n][];
        RowBlocks.ForEach(
            n,
            height,
            threads,
            (_, first, count) =>
            {
                for (var row = first; row < first + count; row++)
                {
                    basis[row] = new double[n];
                    basis[row][row] = 1;
                }
                // Row r meets reflections r − 1, …, 0; those above leave it as it is.
                for (var step = (int)Math.Min(n - 3, first + count - 2); step >= 0; step--)
                {
                    var reflection = rows[step].AsSpan(step + 1);
                    for (var row = first; row < first + count; row++)
                    {
                        var tail = basis[row].AsSpan(step + 1);
                        var along = scales[step] * DoubleKernels.Dot(reflection, tail);
                        DoubleKernels.AddScaled(tail, -along, reflection);
                    }
                }
            },
            stop
        );
        return basis;
    }

    private void Reduce(CancellationToken stop)
    {
        // v of the last step and of this one, w of the last step, A·v of this one; whole rows so that indices stay the same.
        var (before, along, next, product) = (new double[n], new double[n], new double[n], new double[n]);
        for (var step = 0; step < n; step++)
        {
            stop.ThrowIfCancellationRequested();
            var row = rows[step].AsSpan(step);
            if (step > 0)
                Update(row, before.AsSpan(step), along.AsSpan(step));
            Diagonal[step] = row[0];
            if (!double.IsFinite(row[0]))
                throw new ArithmeticException("The matrix holds NaN or infinities.");
            if (step >= n - 2)
            {
                BesideDiagonal[step] = step == n - 2 ? row[1] : 0;
                continue;
            }
            BesideDiagonal[step] = Reflect(row[1..], out scales[step]);
            next.AsSpan().Clear();
            row[1..].CopyTo(next.AsSpan(step + 1));
            product.AsSpan().Clear();
            for (var j = step + 1; j < n; j++)
                product[j] += Pass(j, before, along, next, product, step > 0);
            // w = τ·A·v − ½·τ²·(vᵀ·A·v)·v, so that H·A·H = A − v·wᵀ − w·vᵀ.
            var inside = DoubleKernels.Dot(next.AsSpan(step + 1), product.AsSpan(step + 1)) * scales[step] / 2;
            for (var j = 0; j < n; j++)
                along[j] = scales[step] * (product[j] - (inside * next[j]));
            (before, next) = (next, before);
        }
    }

    private static void Update(Span<double> row, ReadOnlySpan<double> v, ReadOnlySpan<double> w)
    {
        var (v0, w0) = (v[0], w[0]);
        DoubleKernels.AddScaled(row, -v0, w);
        DoubleKernels.AddScaled(row, -w0, v);
    }

    /// <summary>Turns x into v of the reflection H = 1 − τ·v·vᵀ that leaves of x its first coordinate alone.</summary>
    /// <returns>That coordinate.</returns>
    private static double Reflect(Span<double> x, out double scale)
    {
        var rest = DoubleKernels.Dot(x[1..], x[1..]);
        if (rest == 0)
        {
            scale = 0;
            return x[0];
        }
        var length = Math.Sqrt((x[0] * x[0]) + rest);
        var left = x[0] > 0 ? -length : length;
        x[0] -= left;
        scale = 2 / ((x[0] * x[0]) + rest);
        return left;
    }

    /// <summary>Row j: the last step's update, then its part in the product with the next vector.</summary>
    /// <returns>Its inner product with that vector; what its mirror image below the diagonal adds is in <paramref name="product"/>.</returns>
    private double Pass(int j, double[] v, double[] w, double[] next, double[] product, bool update)
    {
        var count = n - j - 1;
        var (vj, wj, nextj) = update ? (v[j], w[j], next[j]) : (0, 0, next[j]);
        ref var a = ref rows[j][j];
        a -= 2 * vj * wj;
        var sum = a * nextj;
        if (count == 0)
            return sum;
        a = ref rows[j][j + 1];
        ref var vs = ref MemoryMarshal.GetReference(v.AsSpan(j + 1));
        ref var ws = ref MemoryMarshal.GetReference(w.AsSpan(j + 1));
        ref var nexts = ref MemoryMarshal.GetReference(next.AsSpan(j + 1));
        ref var products = ref MemoryMarshal.GetReference(product.AsSpan(j + 1));
        var (minusV, minusW, by) = (Vector512.Create(-vj), Vector512.Create(-wj), Vector512.Create(nextj));
        var total = Vector512<double>.Zero;
        nuint i = 0;
        for (; i + 8 <= (nuint)count; i += 8)
        {
            var entry = Vector512.LoadUnsafe(ref a, i);
            entry = Vector512.FusedMultiplyAdd(minusV, Vector512.LoadUnsafe(ref ws, i), entry);
            entry = Vector512.FusedMultiplyAdd(minusW, Vector512.LoadUnsafe(ref vs, i), entry);
            entry.StoreUnsafe(ref a, i);
            total = Vector512.FusedMultiplyAdd(entry, Vector512.LoadUnsafe(ref nexts, i), total);
            Vector512.FusedMultiplyAdd(entry, by, Vector512.LoadUnsafe(ref products, i)).StoreUnsafe(ref products, i);
        }
        sum += Vector512.Sum(total);
        for (var k = j + 1 + (int)i; k < n; k++)
        {
            rows[j][k] -= (vj * w[k]) + (wj * v[k]);
            sum += rows[j][k] * next[k];
            product[k] += rows[j][k] * nextj;
        }
        return sum;
    }
}
