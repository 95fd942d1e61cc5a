using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Expflow.Slurm;

/// <summary>What a job waits for: <c>afterok:12_3:12_4,aftercorr:13</c>.</summary>
/// <remarks>Reads what <c>sbatch --dependency</c> takes and what <c>squeue</c> and <c>scontrol</c> show: <c>afterok:12_*(unfulfilled)</c>.</remarks>
/// <param name="Terms">The conditions, at least one.</param>
/// <param name="Any">Whether one of them is enough (<c>?</c> between them); otherwise all must hold.</param>
public sealed record JobDependency(ImmutableArray<DependencyTerm> Terms, bool Any = false)
{
    /// <summary>Starts when all of these hold.</summary>
    public static JobDependency All(params ReadOnlySpan<DependencyTerm> terms) => new([.. terms]);

    /// <summary>Starts when the jobs have all succeeded.</summary>
    public static JobDependency AfterOk(params IEnumerable<JobReference> jobs) =>
        new([DependencyTerm.Of(DependencyKind.AfterOk, jobs)]);

    /// <summary>Starts when the jobs have ended, however they ended.</summary>
    public static JobDependency AfterAny(params IEnumerable<JobReference> jobs) =>
        new([DependencyTerm.Of(DependencyKind.AfterAny, jobs)]);

    /// <summary>Each task starts when the task of the same index has succeeded.</summary>
    public static JobDependency AfterCorresponding(SlurmJobId array) =>
        new([DependencyTerm.Of(DependencyKind.AfterCorresponding, [new JobReference.Whole(array)])]);

    /// <summary>Reads the forms above; false for anything else, and for none (empty, <c>(null)</c>).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JobDependency? dependency)
    {
        dependency = null;
        if (string.IsNullOrWhiteSpace(text) || text is "(null)")
            return false;
        var any = text.Contains('?', StringComparison.Ordinal);
        var terms = ImmutableArray.CreateBuilder<DependencyTerm>();
        foreach (var part in SplitOutside(text.Trim(), any ? '?' : ','))
        {
            if (!DependencyTerm.TryParse(part, out var term))
                return false;
            terms.Add(term);
        }
        dependency = new(terms.ToImmutable(), any);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(JobDependency? other) =>
        other is not null && Any == other.Any && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Any, Terms.Length, ToString());

    /// <summary>What <c>sbatch --dependency</c> takes.</summary>
    public override string ToString() => string.Join(Any ? '?' : ',', Terms);

    // Index lists hold commas of their own: afterok:12_[1,3].
    private static IEnumerable<string> SplitOutside(string text, char separator)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '[')
                depth++;
            else if (text[at] == ']')
                depth--;
            else if (text[at] == separator && depth == 0)
            {
                yield return text[start..at];
                start = at + 1;
            }
        }
        yield return text[start..];
    }
}
