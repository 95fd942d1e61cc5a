using System.Numerics;
using System.Text;

namespace Expflow.Sweeps;

/// <summary>The generator that draws random points: xoshiro256** 1.0 (Blackman and Vigna, 2018), seeded by SplitMix64.</summary>
/// <remarks>
/// Its own, so that the same file draws the same points on every machine and with every version. One stream per parameter, keyed by the seed and
/// the parameter's name (64-bit FNV-1a of its UTF-8 bytes): adding a parameter to a sweep leaves the others' values as they were.
/// </remarks>
internal sealed class SweepRandom
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public SweepRandom(long seed, string name)
    {
        var key = 0xCBF29CE484222325;
        foreach (var octet in Encoding.UTF8.GetBytes(name))
            key = (key ^ octet) * 0x100000001B3;
        // The seed goes through the mixer first: neighbouring seeds must not give related streams.
        var state = unchecked((ulong)seed);
        state = Split(ref state) ^ key;
        a = Split(ref state);
        b = Split(ref state);
        c = Split(ref state);
        d = Split(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>At least 0 and below 1, in steps of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least 0 and below <paramref name="bound"/>, each as likely; 0 is the bound 2^64.</summary>
    public ulong NextBelow(ulong bound)
    {
        if (bound == 0)
            return Next();
        // Values above the last whole multiple of the bound would favour small results.
        var surplus = unchecked(0 - bound) % bound;
        ulong bits;
        do bits = Next();
        while (bits < surplus);
        return bits % bound;
    }

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
