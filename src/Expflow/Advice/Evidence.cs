namespace Expflow.Advice;

/// <summary>What the attempts of a stage, or of one value of a parameter, say about one resource.</summary>
/// <param name="Measured">What finished runs took; null when nothing was measured of any.</param>
/// <param name="Most">The most that any attempt was seen to take, however it ended; null when nothing was seen.</param>
/// <param name="Outgrown">How many runs ended for want of it and have never been done with more.</param>
/// <param name="OutgrownAt">The most that one of those had: it needs more than that.</param>
public sealed record Evidence(Measured? Measured, double? Most, int Outgrown, double? OutgrownAt)
{
    /// <summary>Puts sightings together.</summary>
    internal static Evidence Of(IReadOnlyList<Sighting> sightings)
    {
        var outgrown = sightings.Where(one => one.Kind == SightingKind.Outgrown).ToList();
        var seen = sightings.Where(one => one.Kind != SightingKind.Outgrown).Select(one => (double?)one.Value).Max();
        return new(
            Advice.Measured.Of(sightings.Where(one => one.Kind == SightingKind.Finished).Select(one => one.Value)),
            seen,
            outgrown.Count,
            outgrown.Select(one => (double?)one.Value).Max()
        );
    }
}
