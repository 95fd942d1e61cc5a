namespace Expflow.Advice;

/// <summary>Finds the parameter that a resource goes with, where there is one.</summary>
internal static class DriverSearch
{
    // Half of what differs must be explained, after what as many groups explain by chance is taken off; and it must be more than luck.
    private const double LeastShare = 0.5;
    private const double MostChance = 0.01;
    private const int FewestSightings = 6;

    // Groups that differ by less than the headroom need no request of their own.
    private const double LeastRatio = ResourceRule.Headroom;

    /// <summary>A parameter and how much it explains.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Share">The share of the variance of the logarithm that it explains, corrected for the number of groups (ε²): 0 to 1.</param>
    /// <param name="Groups">How sets are put into groups by it.</param>
    /// <param name="Also">Other parameters that explain as much since they change together with it.</param>
    public sealed record Driver(string Parameter, double Share, ParameterGroups Groups, IReadOnlyList<string> Also);

    /// <summary>The parameter that explains the most; null when none explains enough, or too little was seen to tell.</summary>
    public static Driver? Find(IReadOnlyList<Sighting> sightings)
    {
        // An attempt that ended early for another reason tells little; one that ended for want of it tells at least this much.
        Sighting[] told = [.. sightings.Where(one => one.Kind != SightingKind.Partial && one.Value > 0)];
        if (told.Length < FewestSightings)
            return null;
        var names = told[0]
            .Parameters.Names.Where(name => told.All(one => one.Parameters.TryGet(name, out _)))
            .ToList();
        var varying = names.Where(name => told.Select(one => one.Parameters[name]).Distinct().Skip(1).Any()).ToList();
        var found = varying
            .Select(name => Explain(name, told, varying.Count))
            .OfType<Driver>()
            .OrderByDescending(driver => Math.Round(driver.Share, 9))
            .ToList();
        return found is [var best, .. var others]
            ? best with
            {
                Also = [.. others.Where(other => IsSame(best, other, told)).Select(other => other.Parameter)],
            }
            : null;
    }

    private static Driver? Explain(string parameter, Sighting[] told, int tried)
    {
        var groups = new ParameterGroups(parameter, told.Select(one => one.Parameters));
        var byGroup = told.GroupBy(one => groups.Of(one.Parameters)!, one => Math.Log(one.Value))
            .Select(group => group.ToArray())
            .ToList();
        var (between, within) = (byGroup.Count - 1, told.Length - byGroup.Count);
        if (between < 1 || within < 1)
            return null;
        var means = byGroup.ConvertAll(group => group.Average());
        var inside = byGroup.Zip(means, SquaresAround).Sum();
        var all = byGroup.SelectMany(group => group).ToArray();
        var whole = SquaresAround(all, all.Average());
        if (whole <= 0 || Math.Exp(means.Max() - means.Min()) < LeastRatio)
            return null;
        var share = 1 - (inside / within / (whole / (told.Length - 1)));
        var f = (whole - inside) / between / (inside / within);
        return share >= LeastShare && FTest.Chance(f, between, within) * tried <= MostChance
            ? new(parameter, share, groups, [])
            : null;
    }

    private static double SquaresAround(double[] values, double mean) =>
        values.Sum(value => (value - mean) * (value - mean));

    private static bool IsSame(Driver one, Driver other, Sighting[] told) =>
        told.Select(sighting => (one.Groups.Of(sighting.Parameters), other.Groups.Of(sighting.Parameters)))
            .Distinct()
            .Count() == told.Select(sighting => one.Groups.Of(sighting.Parameters)).Distinct().Count();
}
