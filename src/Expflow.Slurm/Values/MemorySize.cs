using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>An amount of memory: at least one byte. Units are powers of 1024, as Slurm means them.</summary>
/// <remarks>Reads <c>96G</c>, <c>96GB</c>, <c>96GiB</c>, <c>1.5T</c>, <c>98304M</c>, <c>4096</c> (mebibytes, as <c>sbatch --mem</c>), <c>512B</c>.</remarks>
public readonly record struct MemorySize : IComparable<MemorySize>
{
    private const long MiB = 1L << 20;

    private MemorySize(long bytes) => Bytes = bytes;

    /// <summary>The amount in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The amount in mebibytes, rounded up: what <c>sbatch --mem=…M</c> takes.</summary>
    public long Mebibytes => (Bytes + MiB - 1) / MiB;

    /// <summary>An amount in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public static MemorySize FromBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new(bytes);
    }

    /// <summary>Reads any of the forms above; false for anything else, and for zero and negative amounts.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MemorySize? size)
    {
        size = null;
        if (string.IsNullOrWhiteSpace(text))
            return false;
        text = text.Trim();
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (
            !double.TryParse(
                text.AsSpan(0, digits),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return false;
        if (UnitBytes(text[digits..].TrimStart()) is not { } unit)
            return false;
        var bytes = Math.Ceiling(number * unit);
        if (bytes is < 1 or > long.MaxValue / 2)
            return false;
        size = new((long)bytes);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(MemorySize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The largest unit that leaves a whole number: <c>96G</c>, <c>1536M</c>, <c>100B</c>.</summary>
    public override string ToString()
    {
        foreach (
            var (unit, name) in (ReadOnlySpan<(long, string)>)
                [(MiB << 20, "T"), (MiB << 10, "G"), (MiB, "M"), (1024, "K")]
        )
            if (Bytes % unit == 0)
                return $"{Bytes / unit}{name}";
        return $"{Bytes}B";
    }

    /// <summary>Less.</summary>
    public static bool operator <(MemorySize a, MemorySize b) => a.Bytes < b.Bytes;

    /// <summary>More.</summary>
    public static bool operator >(MemorySize a, MemorySize b) => a.Bytes > b.Bytes;

    /// <summary>Less or equal.</summary>
    public static bool operator <=(MemorySize a, MemorySize b) => a.Bytes <= b.Bytes;

    /// <summary>More or equal.</summary>
    public static bool operator >=(MemorySize a, MemorySize b) => a.Bytes >= b.Bytes;

    private static double? UnitBytes(string unit) =>
        unit.ToUpperInvariant() switch
        {
            "" => MiB,
            "B" => 1,
            "K" or "KB" or "KIB" => 1024,
            "M" or "MB" or "MIB" => MiB,
            "G" or "GB" or "GIB" => MiB << 10,
            "T" or "TB" or "TIB" => MiB << 20,
            _ => null,
        };
}
