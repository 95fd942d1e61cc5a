namespace Expflow.Detection;

/// <summary>What was found of scratch folders.</summary>
/// <param name="Best">The first that can be used; null when there is none.</param>
/// <param name="PassedOver">Those before it that are there or are named by a variable, and can't be used.</param>
public sealed record ScratchSight(Place? Best, IReadOnlyList<Place> PassedOver)
{
    /// <summary>Looks at all of them at once, and takes the first in their order. One that hangs is passed over.</summary>
    internal static async Task<ScratchSight> LookAsync(ScratchPlaces places, Probe probe)
    {
        var looks = places
            .Candidates.Select(one => (one.Path, one.From, Look: probe.LookAsync(() => At(one.Path, one.From))))
            .ToList();
        var passedOver = new List<Place>();
        foreach (var (path, from, look) in looks)
            switch (await look.ConfigureAwait(false))
            {
                case Finding<Place>.Known { Value: { Trouble: null } good }:
                    return new(good, passedOver);
                case Finding<Place>.Known bad:
                    passedOver.Add(bad.Value);
                    break;
                case Finding<Place>.Unlearned { Why: var why }:
                    passedOver.Add(new(path, from, null, why));
                    break;
                case Finding<Place>.Absent { What: var what } when from[0] == '$':
                    passedOver.Add(new(path, from, null, what));
                    break;
            }
        return new(null, passedOver);
    }

    private static Finding<Place> At(string path, string from) =>
        Place.At(path, from) is { } place
            ? new Finding<Place>.Known(place)
            : new Finding<Place>.Absent("there is no such folder");
}
