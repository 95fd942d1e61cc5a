using Expflow.Tracking;

namespace Expflow.Verification;

/// <summary>What should be there against what is.</summary>
/// <param name="Runs">Every expected run, in the order of the plan.</param>
/// <param name="Extra">Results that nothing asks for any more.</param>
public sealed record VerificationReport(IReadOnlyList<VerifiedRun> Runs, IReadOnlyList<TrackedRun> Extra)
{
    /// <summary>The runs without a verified result.</summary>
    public IReadOnlyList<VerifiedRun> Holes { get; } = [.. Runs.Where(run => run.Hole is not null)];

    /// <summary>Kinds of holes and how many there are of each, in the order of <see cref="HoleKind"/>.</summary>
    public IReadOnlyList<(HoleKind Kind, int Runs)> Summary { get; } =
    [
        .. Runs.Where(run => run.Hole is not null)
            .GroupBy(run => run.Hole!.Value)
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Count())),
    ];

    /// <summary>How many runs stand in a state, by its word.</summary>
    public int Count(string state) => Runs.Count(run => run.State == state);
}
