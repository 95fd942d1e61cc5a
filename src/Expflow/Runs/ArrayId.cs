using System.Globalization;

namespace Expflow.Runs;

/// <summary>
/// Names one job array: the runs that go out with one <c>sbatch</c>. It ends the Slurm job's name, so that a submission whose answer was lost can be found again.
/// </summary>
/// <remarks>Form as <see cref="SubmissionId"/>: of two arrays that name the same run, the later id is the newer order.</remarks>
public readonly record struct ArrayId : IComparable<ArrayId>
{
    private readonly string? text;

    private ArrayId(string text) => this.text = text;

    /// <summary>A new id for an array that is made now.</summary>
    public static ArrayId New(TimeProvider time, Random random) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyyMMdd-HHmmssfff}-{random.NextInt64(0, 1L << 32):x8}"
            )
        );

    /// <summary>Reads an id that <see cref="New"/> made; false for anything that is not safe as a file name.</summary>
    public static bool TryParse(string? text, out ArrayId id)
    {
        id = default;
        if (text is not { Length: > 0 and <= 64 } || !text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return false;
        id = new(text);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ArrayId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id as it stands in file names and job names.</summary>
    public override string ToString() => text ?? "none";

    /// <summary>Before, in the order of time.</summary>
    public static bool operator <(ArrayId a, ArrayId b) => a.CompareTo(b) < 0;

    /// <summary>After, in the order of time.</summary>
    public static bool operator >(ArrayId a, ArrayId b) => a.CompareTo(b) > 0;

    /// <summary>Before or the same.</summary>
    public static bool operator <=(ArrayId a, ArrayId b) => a.CompareTo(b) <= 0;

    /// <summary>After or the same.</summary>
    public static bool operator >=(ArrayId a, ArrayId b) => a.CompareTo(b) >= 0;
}
