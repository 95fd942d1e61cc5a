using System.Globalization;

namespace Expflow.Runs;

/// <summary>Names one submission: sortable by time, unique by chance, safe as a file name and as a Slurm job name.</summary>
/// <remarks>Form: <c>20261123-104530123-1f3a9c2b</c>, in UTC to the millisecond: the order of ids is that of submissions.</remarks>
public readonly record struct SubmissionId
{
    private readonly string? text;

    private SubmissionId(string text) => this.text = text;

    /// <summary>A new id for a submission that begins now.</summary>
    public static SubmissionId New(TimeProvider time, Random random) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyyMMdd-HHmmssfff}-{random.NextInt64(0, 1L << 32):x8}"
            )
        );

    /// <summary>Reads an id that <see cref="New"/> made; false for anything that is not safe as a file name.</summary>
    public static bool TryParse(string? text, out SubmissionId id)
    {
        id = default;
        if (text is not { Length: > 0 and <= 64 } || !text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return false;
        id = new(text);
        return true;
    }

    /// <summary>The id as it stands in file names.</summary>
    public override string ToString() => text ?? "none";
}
