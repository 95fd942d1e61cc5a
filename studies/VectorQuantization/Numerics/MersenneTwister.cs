using System.Numerics;

namespace VectorQuantization.Numerics;

/// <summary>NumPy's legacy <c>RandomState(seed)</c>, bit for bit: MT19937 with its normal and its bounded whole numbers.</summary>
/// <remarks>
/// Source: M. Matsumoto, T. Nishimura, "Mersenne Twister" (1998), seeded as their init_genrand; NumPy's legacy-distributions
/// (frozen by NEP 19) for what is made of it. For results that must be comparable with Python's; else use <see cref="RandomSequence"/>.
/// </remarks>
public sealed class MersenneTwister
{
    private const int Words = 624;
    private const int Shift = 397;
    private const uint High = 0x8000_0000;
    private const uint Low = 0x7FFF_FFFF;

    private readonly uint[] state = new uint[Words];
    private int next = Words;
    private double spare = double.NaN;

    /// <summary>The stream of <c>RandomState(seed)</c>.</summary>
    public MersenneTwister(uint seed)
    {
        for (uint i = 0; i < Words; i++)
        {
            state[i] = seed;
            seed = (1812433253 * (seed ^ (seed >> 30))) + i + 1;
        }
    }

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        if (next == Words)
            Refill();
        var y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        return y ^ (y >> 18);
    }

    /// <summary><c>random_sample()</c>: uniform in [0, 1), 53 bits of two draws.</summary>
    public double NextDouble()
    {
        var high = Next() >> 5;
        var low = Next() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary><c>randn()</c>: the polar method, which hands out the second of a pair first.</summary>
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
            x = (2.0 * NextDouble()) - 1.0;
            y = (2.0 * NextDouble()) - 1.0;
            square = (x * x) + (y * y);
        } while (square is >= 1.0 or 0.0);
        var factor = Math.Sqrt(-2.0 * Math.Log(square) / square);
        spare = factor * x;
        return factor * y;
    }

    /// <summary><c>randint(0, bound)</c>, one number: masked, and drawn again while too large.</summary>
    /// <param name="bound">At least 1.</param>
    public long NextBelow(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var most = (ulong)bound - 1;
        if (most == 0)
            return 0;
        var mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(most);
        ulong value;
        do value = (most <= uint.MaxValue ? Next() : ((ulong)Next() << 32) | Next()) & mask;
        while (value > most);
        return (long)value;
    }

    private void Refill()
    {
        for (var i = 0; i < Words; i++)
        {
            var y = (state[i] & High) | (state[(i + 1) % Words] & Low);
            state[i] = state[(i + Shift) % Words] ^ (y >> 1) ^ ((y & 1) * 0x9908_B0DF);
        }
        next = 0;
    }
}
