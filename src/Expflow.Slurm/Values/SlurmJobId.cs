using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>The number of a job: at least 1. Slurm starts anew at <c>FirstJobId</c> after <c>MaxJobId</c>, so ids come again.</summary>
public readonly record struct SlurmJobId : IComparable<SlurmJobId>
{
    /// <summary>The job of this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public SlurmJobId(long number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Number = number;
    }

    /// <summary>The number, at least 1.</summary>
    public long Number { get; }

    /// <summary>Reads digits only; false for anything else and for 0.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SlurmJobId? id)
    {
        id = null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        id = new(number);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(SlurmJobId other) => Number.CompareTo(other.Number);

    /// <summary>The digits.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Smaller number.</summary>
    public static bool operator <(SlurmJobId a, SlurmJobId b) => a.Number < b.Number;

    /// <summary>Larger number.</summary>
    public static bool operator >(SlurmJobId a, SlurmJobId b) => a.Number > b.Number;

    /// <summary>Smaller number or the same.</summary>
    public static bool operator <=(SlurmJobId a, SlurmJobId b) => a.Number <= b.Number;

    /// <summary>Larger number or the same.</summary>
    public static bool operator >=(SlurmJobId a, SlurmJobId b) => a.Number >= b.Number;
}
