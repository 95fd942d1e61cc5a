using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Clustering;

/// <summary>The nearest of many centroids for each of 64 rows: the inner loop of clustering and of encoding.</summary>
/// <remarks>
/// Nearest is where x·c − |c|²/2 is greatest. Rows lie in the lanes, so that the search for the greatest needs no look across
/// lanes, and best values and their numbers stay in registers through all centroids. Each sum is one chain of fused
/// multiply-adds in the order of the coordinates: the same to the last bit whatever the vector width.
/// </remarks>
internal static unsafe class NearestKernel
{
    /// <summary>Centroids that are worked on at once, and lie interleaved: four first coordinates, four second ones, and so on.</summary>
    public const int Group = 4;

    /// <summary>Finds them.</summary>
    /// <param name="tile">64 rows, transposed.</param>
    /// <param name="dimension">Coordinates.</param>
    /// <param name="centroids">Groups of four, interleaved.</param>
    /// <param name="minusHalfNorms">−|c|²/2; −∞ for what fills up the last group.</param>
    /// <param name="groups">How many.</param>
    /// <param name="scores">64: the greatest x·c − |c|²/2.</param>
    /// <param name="ids">64: whose it is; the lowest of equals.</param>
    public static void Find(
        float* tile,
        int dimension,
        float* centroids,
        float* minusHalfNorms,
        int groups,
        float* scores,
        int* ids
    )
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(tile, dimension, centroids, minusHalfNorms, groups, scores, ids);
            return;
        }
        for (var lane = 0; lane < RowTiles.Height; lane += 16)
        {
            if (Fma.IsSupported)
                Narrow(tile + lane, dimension, centroids, minusHalfNorms, groups, scores + lane, ids + lane);
            else
                Plain(tile + lane, dimension, centroids, minusHalfNorms, groups, scores + lane, ids + lane);
        }
    }

    /// <summary>Lowers each row's squared distance to that to one more centre, where that is nearer.</summary>
    /// <returns>The sum of the 64 distances.</returns>
    public static float Lower(float* tile, int dimension, float* centre, float* distances)
    {
        var sum = Vector512<float>.Zero;
        for (var lane = 0; lane < RowTiles.Height; lane += 32)
        {
            var d0 = Vector512<float>.Zero;
            var d1 = Vector512<float>.Zero;
            var at = tile + lane;
            for (nint k = 0; k < dimension; k++, at += RowTiles.Height)
            {
                var c = Vector512.Create(centre[k]);
                var x0 = Vector512.Load(at) - c;
                var x1 = Vector512.Load(at + 16) - c;
                d0 = Vector512.FusedMultiplyAdd(x0, x0, d0);
                d1 = Vector512.FusedMultiplyAdd(x1, x1, d1);
            }
            d0 = Vector512.Min(d0, Vector512.Load(distances + lane));
            d1 = Vector512.Min(d1, Vector512.Load(distances + lane + 16));
            d0.Store(distances + lane);
            d1.Store(distances + lane + 16);
            sum += d0 + d1;
        }
        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wide(float* tile, int dimension, float* c, float* norms, int groups, float* scores, int* ids)
    {
        var best0 = Vector512.Create(float.NegativeInfinity);
        var best1 = best0;
        var best2 = best0;
        var best3 = best0;
        var id0 = Vector512<float>.Zero;
        var id1 = id0;
        var id2 = id0;
        var id3 = id0;
        for (var group = 0; group < groups; group++, norms += Group)
        {
            var a0 = Vector512.Create(norms[0]);
            var a1 = a0;
            var a2 = a0;
            var a3 = a0;
            var b0 = Vector512.Create(norms[1]);
            var b1 = b0;
            var b2 = b0;
            var b3 = b0;
            var c0 = Vector512.Create(norms[2]);
            var c1 = c0;
            var c2 = c0;
            var c3 = c0;
            var d0 = Vector512.Create(norms[3]);
            var d1 = d0;
            var d2 = d0;
            var d3 = d0;
            var x = tile;
            for (nint k = 0; k < dimension; k++, x += RowTiles.Height, c += Group)
            {
                var x0 = Vector512.Load(x);
                var x1 = Vector512.Load(x + 16);
                var x2 = Vector512.Load(x + 32);
                var x3 = Vector512.Load(x + 48);
                var y = Vector512.Create(c[0]);
                a0 = Vector512.FusedMultiplyAdd(x0, y, a0);
                a1 = Vector512.FusedMultiplyAdd(x1, y, a1);
                a2 = Vector512.FusedMultiplyAdd(x2, y, a2);
                a3 = Vector512.FusedMultiplyAdd(x3, y, a3);
                y = Vector512.Create(c[1]);
                b0 = Vector512.FusedMultiplyAdd(x0, y, b0);
                b1 = Vector512.FusedMultiplyAdd(x1, y, b1);
                b2 = Vector512.FusedMultiplyAdd(x2, y, b2);
                b3 = Vector512.FusedMultiplyAdd(x3, y, b3);
                y = Vector512.Create(c[2]);
                c0 = Vector512.FusedMultiplyAdd(x0, y, c0);
                c1 = Vector512.FusedMultiplyAdd(x1, y, c1);
                c2 = Vector512.FusedMultiplyAdd(x2, y, c2);
                c3 = Vector512.FusedMultiplyAdd(x3, y, c3);
                y = Vector512.Create(c[3]);
                d0 = Vector512.FusedMultiplyAdd(x0, y, d0);
                d1 = Vector512.FusedMultiplyAdd(x1, y, d1);
                d2 = Vector512.FusedMultiplyAdd(x2, y, d2);
                d3 = Vector512.FusedMultiplyAdd(x3, y, d3);
            }
            var id = Number(Group * group);
            Keep(a0, id, ref best0, ref id0);
            Keep(a1, id, ref best1, ref id1);
            Keep(a2, id, ref best2, ref id2);
            Keep(a3, id, ref best3, ref id3);
            id = Number((Group * group) + 1);
            Keep(b0, id, ref best0, ref id0);
            Keep(b1, id, ref best1, ref id1);
            Keep(b2, id, ref best2, ref id2);
            Keep(b3, id, ref best3, ref id3);
            id = Number((Group * group) + 2);
            Keep(c0, id, ref best0, ref id0);
            Keep(c1, id, ref best1, ref id1);
            Keep(c2, id, ref best2, ref id2);
            Keep(c3, id, ref best3, ref id3);
            id = Number((Group * group) + 3);
            Keep(d0, id, ref best0, ref id0);
            Keep(d1, id, ref best1, ref id1);
            Keep(d2, id, ref best2, ref id2);
            Keep(d3, id, ref best3, ref id3);
        }
        best0.Store(scores);
        best1.Store(scores + 16);
        best2.Store(scores + 32);
        best3.Store(scores + 48);
        id0.AsInt32().Store(ids);
        id1.AsInt32().Store(ids + 16);
        id2.AsInt32().Store(ids + 32);
        id3.AsInt32().Store(ids + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Number(int number) => Vector512.Create(number).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(
        Vector512<float> score,
        Vector512<float> id,
        ref Vector512<float> best,
        ref Vector512<float> bestId
    )
    {
        var better = Vector512.GreaterThan(score, best);
        best = Vector512.ConditionalSelect(better, score, best);
        bestId = Vector512.ConditionalSelect(better, id, bestId);
    }

    // 16 rows: half the registers, of half the width.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Narrow(float* tile, int dimension, float* c, float* norms, int groups, float* scores, int* ids)
    {
        var best0 = Vector256.Create(float.NegativeInfinity);
        var best1 = best0;
        var id0 = Vector256<float>.Zero;
        var id1 = id0;
        for (var group = 0; group < groups; group++, norms += Group)
        {
            var a0 = Vector256.Create(norms[0]);
            var a1 = a0;
            var b0 = Vector256.Create(norms[1]);
            var b1 = b0;
            var c0 = Vector256.Create(norms[2]);
            var c1 = c0;
            var d0 = Vector256.Create(norms[3]);
            var d1 = d0;
            var x = tile;
            for (nint k = 0; k < dimension; k++, x += RowTiles.Height, c += Group)
            {
                var x0 = Vector256.Load(x);
                var x1 = Vector256.Load(x + 8);
                var y = Vector256.Create(c[0]);
                a0 = Fma.MultiplyAdd(x0, y, a0);
                a1 = Fma.MultiplyAdd(x1, y, a1);
                y = Vector256.Create(c[1]);
                b0 = Fma.MultiplyAdd(x0, y, b0);
                b1 = Fma.MultiplyAdd(x1, y, b1);
                y = Vector256.Create(c[2]);
                c0 = Fma.MultiplyAdd(x0, y, c0);
                c1 = Fma.MultiplyAdd(x1, y, c1);
                y = Vector256.Create(c[3]);
                d0 = Fma.MultiplyAdd(x0, y, d0);
                d1 = Fma.MultiplyAdd(x1, y, d1);
            }
            var id = Half(Group * group);
            Keep(a0, id, ref best0, ref id0);
            Keep(a1, id, ref best1, ref id1);
            id = Half((Group * group) + 1);
            Keep(b0, id, ref best0, ref id0);
            Keep(b1, id, ref best1, ref id1);
            id = Half((Group * group) + 2);
            Keep(c0, id, ref best0, ref id0);
            Keep(c1, id, ref best1, ref id1);
            id = Half((Group * group) + 3);
            Keep(d0, id, ref best0, ref id0);
            Keep(d1, id, ref best1, ref id1);
        }
        best0.Store(scores);
        best1.Store(scores + 8);
        id0.AsInt32().Store(ids);
        id1.AsInt32().Store(ids + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Half(int number) => Vector256.Create(number).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(
        Vector256<float> score,
        Vector256<float> id,
        ref Vector256<float> best,
        ref Vector256<float> bestId
    )
    {
        var better = Vector256.GreaterThan(score, best);
        best = Vector256.ConditionalSelect(better, score, best);
        bestId = Vector256.ConditionalSelect(better, id, bestId);
    }

    private static void Plain(float* tile, int dimension, float* c, float* norms, int groups, float* scores, int* ids)
    {
        for (var row = 0; row < 16; row++)
        {
            scores[row] = float.NegativeInfinity;
            ids[row] = 0;
            for (var j = 0; j < groups * Group; j++)
            {
                var sum = norms[j];
                var at = c + ((nint)(j / Group) * dimension * Group) + (j % Group);
                for (var k = 0; k < dimension; k++)
                    sum = MathF.FusedMultiplyAdd(tile[(k * RowTiles.Height) + row], at[k * Group], sum);
                if (sum > scores[row])
                    (scores[row], ids[row]) = (sum, j);
            }
        }
    }
}
