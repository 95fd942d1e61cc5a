using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>A random rotation in O(D log D): four rounds of random signs and a Hadamard transform.</summary>
/// <remarks>
/// As in RaBitQ's library: where the dimension is no power of two, rounds take the first and the last 2^k coordinates by turns, and
/// turn pairs half the row apart by 45 degrees in between, so that all mix with all. Not drawn evenly from all rotations, yet what
/// comes out is as good as normal for real rows.
/// </remarks>
public sealed class HadamardRotation : Rotation
{
    private const int Rounds = 4;

    private readonly float[] signs;
    private readonly int block;

    /// <param name="signs">±1, four rows of as many as there are coordinates; kept, not copied.</param>
    /// <param name="dimension">Coordinates.</param>
    public HadamardRotation(float[] signs, int dimension)
        : base(dimension)
    {
        this.signs = signs;
        block = 1 << System.Numerics.BitOperations.Log2((uint)dimension);
    }

    /// <summary>The random signs.</summary>
    public ReadOnlySpan<float> Signs => signs;

    /// <inheritdoc />
    public override long Bytes => (long)sizeof(float) * signs.Length;

    /// <summary>Draws the signs.</summary>
    public static HadamardRotation Random(int dimension, RandomSequence random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var signs = new float[Rounds * dimension];
        for (var i = 0; i < signs.Length; i++)
            signs[i] = random.Next() >> 63 == 0 ? 1 : -1;
        return new(signs, dimension);
    }

    /// <summary>How many signs a rotation of this dimension has.</summary>
    internal static int SignsOf(int dimension) => Rounds * dimension;

    /// <inheritdoc />
    public override void Apply(ReadOnlySpan<float> rows, Span<float> to)
    {
        rows.CopyTo(to);
        for (var at = 0; at + Dimension <= rows.Length; at += Dimension)
        {
            var row = to.Slice(at, Dimension);
            for (var round = 0; round < Rounds; round++)
            {
                Flip(row, round);
                Transform(Part(row, round));
                if (block != Dimension)
                    Mix(row);
            }
        }
    }

    /// <inheritdoc />
    public override void ApplyToOne(ReadOnlySpan<float> row, Span<float> to) => Apply(row, to);

    /// <inheritdoc />
    public override void Undo(ReadOnlySpan<float> rows, Span<float> to)
    {
        rows.CopyTo(to);
        for (var at = 0; at + Dimension <= rows.Length; at += Dimension)
        {
            var row = to.Slice(at, Dimension);
            for (var round = Rounds - 1; round >= 0; round--)
            {
                if (block != Dimension)
                    Mix(row);
                Transform(Part(row, round));
                Flip(row, round);
            }
        }
    }

    private Span<float> Part(Span<float> row, int round) => round % 2 == 0 ? row[..block] : row[^block..];

    private void Flip(Span<float> row, int round)
    {
        var by = signs.AsSpan(round * Dimension, Dimension);
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var s = ref MemoryMarshal.GetReference(by);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            (Vector512.LoadUnsafe(ref x, (nuint)i) * Vector512.LoadUnsafe(ref s, (nuint)i)).StoreUnsafe(
                ref x,
                (nuint)i
            );
        for (; i < row.Length; i++)
            row[i] *= by[i];
    }

    // Its own inverse, as is the transform.
    private static void Mix(Span<float> row)
    {
        var half = row.Length / 2;
        Butterflies(row[..half], row.Slice(half, half), MathF.Sqrt(0.5f));
    }

    /// <summary>The Hadamard transform of 2^k coordinates, scaled so that lengths stay.</summary>
    private static void Transform(Span<float> row)
    {
        var stride = 1;
        if (row.Length >= 16)
        {
            WithinVectors(row);
            stride = 16;
        }
        for (; stride < row.Length; stride *= 2)
        for (var start = 0; start < row.Length; start += 2 * stride)
            Butterflies(row.Slice(start, stride), row.Slice(start + stride, stride), 1);
        Kernels.Scale(row, 1 / MathF.Sqrt(row.Length));
    }

    // (a, b) ← ((a + b)·factor, (a − b)·factor).
    private static void Butterflies(Span<float> left, Span<float> right, float factor)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var i = 0;
        for (; i <= left.Length - 16; i += 16)
        {
            var x = Vector512.LoadUnsafe(ref a, (nuint)i);
            var y = Vector512.LoadUnsafe(ref b, (nuint)i);
            ((x + y) * factor).StoreUnsafe(ref a, (nuint)i);
            ((x - y) * factor).StoreUnsafe(ref b, (nuint)i);
        }
        for (; i < left.Length; i++)
            (left[i], right[i]) = ((left[i] + right[i]) * factor, (left[i] - right[i]) * factor);
    }

    // Strides 1, 2, 4 and 8: each lane and its partner, where the upper of both has its sign turned.
    private static void WithinVectors(Span<float> row)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        var one = Vector512.Create(1f, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1);
        var two = Vector512.Create(1f, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1);
        var four = Vector512.Create(1f, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1);
        for (nuint i = 0; i < (nuint)row.Length; i += 16)
        {
            var x = Vector512.LoadUnsafe(ref first, i);
            x = Vector512.FusedMultiplyAdd(
                x,
                one,
                Vector512.Shuffle(x, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14))
            );
            x = Vector512.FusedMultiplyAdd(
                x,
                two,
                Vector512.Shuffle(x, Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13))
            );
            x = Vector512.FusedMultiplyAdd(
                x,
                four,
                Vector512.Shuffle(x, Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11))
            );
            var (low, high) = (x.GetLower(), x.GetUpper());
            Vector512.Create(low + high, low - high).StoreUnsafe(ref first, i);
        }
    }
}
