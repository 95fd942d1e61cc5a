using System.Numerics;

namespace VectorQuantization.Numerics;

/// <summary>A stream of random numbers that is the same for the same seed on every machine: xoshiro256**.</summary>
/// <remarks>
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators" (2018); seeded by SplitMix64 as they advise.
/// Not thread-safe; give each thread or block a stream of its own with <see cref="Fork"/>.
/// </remarks>
public sealed class RandomSequence
{
    private readonly ulong seed;
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spare = double.NaN;

    /// <summary>The stream of <paramref name="seed"/>.</summary>
    public RandomSequence(ulong seed)
    {
        this.seed = seed;
        var state = seed;
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>An independent stream, which depends on this one's seed and on <paramref name="index"/> alone, not on what was drawn.</summary>
    public RandomSequence Fork(ulong index)
    {
        var state = seed ^ BitOperations.RotateLeft((index + 1) * 0x9E3779B97F4A7C15, 29);
        return new RandomSequence(SplitMix(ref state));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="bound"/>), by multiplication and, rarely, another draw.</summary>
    public long NextBelow(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var threshold = (0 - range) % range;
        while (true)
        {
            var high = Math.BigMul(Next(), range, out var low);
            if (low >= threshold)
                return (long)high;
        }
    }

    /// <summary>Normal with mean 0 and variance 1, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }
        double x,
            y,
            square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        } while (square is >= 1 or 0);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * factor;
        return x * factor;
    }

    /// <summary><paramref name="count"/> different numbers below <paramref name="bound"/>, ascending (Floyd's sampling).</summary>
    public long[] Sample(long bound, long count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bound);
        var chosen = new HashSet<long>();
        for (var i = bound - count; i < bound; i++)
        {
            var candidate = NextBelow(i + 1);
            if (!chosen.Add(candidate))
                chosen.Add(i);
        }
        var sorted = chosen.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
