using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>One condition of a <see cref="JobDependency"/>.</summary>
/// <param name="Kind">What must hold.</param>
/// <param name="Jobs">Of which jobs; none for <see cref="DependencyKind.Singleton"/>.</param>
/// <param name="DelayMinutes">For <see cref="DependencyKind.After"/>: minutes after their start (<c>after:12+5</c>).</param>
/// <param name="Standing">How it stands, where Slurm's output says so: <c>unfulfilled</c>, <c>failed</c>.</param>
public sealed record DependencyTerm(
    DependencyKind Kind,
    ImmutableArray<JobReference> Jobs,
    int? DelayMinutes = null,
    string? Standing = null
)
{
    private static readonly (DependencyKind Kind, string Word)[] Words =
    [
        (DependencyKind.After, "after"),
        (DependencyKind.AfterAny, "afterany"),
        (DependencyKind.AfterOk, "afterok"),
        (DependencyKind.AfterNotOk, "afternotok"),
        (DependencyKind.AfterCorresponding, "aftercorr"),
        (DependencyKind.AfterBurstBuffer, "afterburstbuffer"),
        (DependencyKind.Singleton, "singleton"),
    ];

    /// <summary>Whether Slurm says that this can no longer come true.</summary>
    public bool HasFailed => Standing is "failed";

    /// <summary>This condition on these jobs.</summary>
    public static DependencyTerm Of(DependencyKind kind, IEnumerable<JobReference> jobs) => new(kind, [.. jobs]);

    /// <summary>Reads one condition; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DependencyTerm? term)
    {
        term = null;
        var standing = TakeStanding(ref text);
        var parts = text.Split(':');
        var kind = Array.FindIndex(Words, word => word.Word == parts[0]);
        if (kind < 0 || (Words[kind].Kind == DependencyKind.Singleton) != (parts.Length == 1))
            return false;
        int? delay = null;
        var jobs = ImmutableArray.CreateBuilder<JobReference>();
        foreach (var part in parts.Skip(1))
        {
            var target = part;
            // Each job may carry its standing (20.11: afterok:12(unfulfilled):13(failed)); a failed one decides.
            standing = TakeStanding(ref target) is { } own && standing is not "failed" ? own : standing;
            if (Words[kind].Kind == DependencyKind.After)
                delay = TakeDelay(ref target) ?? delay;
            if (!JobReference.TryParse(target, out var job))
                return false;
            jobs.Add(job);
        }
        term = new(Words[kind].Kind, jobs.ToImmutable(), delay, standing);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DependencyTerm? other) =>
        other is not null
        && (Kind, DelayMinutes, Standing) == (other.Kind, other.DelayMinutes, other.Standing)
        && Jobs.AsSpan().SequenceEqual(other.Jobs.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Jobs.Length, DelayMinutes, Standing);

    /// <summary>What <c>sbatch --dependency</c> takes: without the standing; sets of tasks one by one, since it knows no lists.</summary>
    public override string ToString()
    {
        var word = Array.Find(Words, word => word.Kind == Kind).Word;
        var delay = DelayMinutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"+{minutes}") : "";
        return Jobs.IsEmpty ? word : $"{word}:{string.Join(':', Jobs.SelectMany(Single).Select(job => job + delay))}";
    }

    private static IEnumerable<string> Single(JobReference job) =>
        job is JobReference.Tasks tasks ? tasks.Set.Select(index => $"{tasks.Id}_{index}") : [$"{job}"];

    private static string? TakeStanding(ref string text)
    {
        if (text is not [.., ')'] || text.LastIndexOf('(') is not (>= 0 and var open))
            return null;
        var standing = text[(open + 1)..^1];
        text = text[..open];
        return standing;
    }

    private static int? TakeDelay(ref string text)
    {
        if (
            text.IndexOf('+', StringComparison.Ordinal) is not (> 0 and var plus)
            || !int.TryParse(text.AsSpan(plus + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
        )
            return null;
        text = text[..plus];
        return minutes;
    }
}
