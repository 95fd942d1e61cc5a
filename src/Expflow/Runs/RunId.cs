using System.Globalization;
using System.Security.Cryptography;

namespace Expflow.Runs;

/// <summary>The identity of a run: 64 bits of a hash of what it does. Written as 16 hexadecimal digits.</summary>
/// <remarks>
/// Two runs out of 100,000 share an id with a probability of 3e-10; the plan checks its own runs for it all the same.
/// </remarks>
public readonly record struct RunId : IComparable<RunId>
{
    private RunId(ulong bits) => Bits = bits;

    /// <summary>The identity as a number.</summary>
    public ulong Bits { get; }

    /// <summary>The six digits that end a run's folder name and that screens show.</summary>
    public string Brief => ToString()[..6];

    /// <summary>The first eight bytes of the SHA-256 of <paramref name="content"/>.</summary>
    public static RunId Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>The id with these bits, as the index stores it.</summary>
    public static RunId FromBits(ulong bits) => new(bits);

    /// <summary>Reads 16 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RunId id)
    {
        id = default;
        if (
            text.Length != 16
            || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
        )
            return false;
        id = new(bits);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(RunId other) => Bits.CompareTo(other.Bits);

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public override string ToString() => Bits.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Before, in the order of ids.</summary>
    public static bool operator <(RunId a, RunId b) => a.Bits < b.Bits;

    /// <summary>After, in the order of ids.</summary>
    public static bool operator >(RunId a, RunId b) => a.Bits > b.Bits;

    /// <summary>Before or the same.</summary>
    public static bool operator <=(RunId a, RunId b) => a.Bits <= b.Bits;

    /// <summary>After or the same.</summary>
    public static bool operator >=(RunId a, RunId b) => a.Bits >= b.Bits;
}
