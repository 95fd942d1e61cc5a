using VectorQuantization.Results;

namespace VectorQuantization.Plots;

/// <summary>One measure of all configurations against another.</summary>
internal static class MeasureFigure
{
    private static readonly Measure Bytes = MeasureCatalogue.Find("bytes_per_vector")!;

    // A note names so many and counts the rest.
    private const int MostNamed = 4;

    /// <summary>The figure, or null where no configuration has both measures.</summary>
    internal static ScatterFigure? Of(DataGroup group, Measure x, Measure y, string name)
    {
        var (axisX, axisY) = (MeasureAxis.Of(x), MeasureAxis.Of(y));
        var searched = IsOfSearch(x) || IsOfSearch(y);
        // How codes are searched changes neither their size nor what they decode to: one point then for all searches of theirs.
        var all = searched ? group.Configurations : [.. group.Configurations.DistinctBy(found => found.Codes)];
        var reranked = searched && x == Bytes ? all.Where(found => found.IsReranked).ToList() : [];
        var candidates = all.Except(reranked).ToList();
        var drawn = candidates.Where(found => CanBeDrawn(found[x], axisX) && CanBeDrawn(found[y], axisY)).ToList();
        if (drawn.Count == 0)
            return null;
        return new ScatterFigure
        {
            Name = $"{group.Name}-{name}",
            Title = group.Title,
            X = axisX,
            Y = axisY,
            Series = [.. drawn.GroupBy(found => (found.Method, found.IsPartial)).Select(Series)],
            Notes =
            [
                .. Seeds(drawn),
                .. IsTime(x) || IsTime(y) ? Machines(group) : [],
                .. Missing(x, candidates.Where(found => found[x] is null)),
                .. Missing(y, candidates.Where(found => found[x] is not null && found[y] is null)),
                .. OffScale(candidates.Where(found => found[x] is not null && found[y] is not null).Except(drawn)),
                .. reranked.Count > 0
                    ? (string[])["Searches that rank again with exact vectors keep those too, and are not shown."]
                    : [],
            ],
        };

        FigureSeries Series(IGrouping<(string Method, bool IsPartial), Configuration> alike) =>
            new(
                MethodStyle.NameOf(alike.Key.Method) + (alike.Key.IsPartial ? ", inverted lists" : ""),
                alike.Key.Method,
                alike.Key.IsPartial,
                [.. alike.Select(Point)]
            );

        FigurePoint Point(Configuration found) =>
            new(
                found[x]!.Value.Mean,
                found[y]!.Value.Mean,
                found[x]!.Value.Reach95,
                found[y]!.Value.Reach95,
                searched && found.Search.Length > 0 ? found.Label + Probe(found) : found.Label
            );
    }

    private static bool CanBeDrawn(SeedStatistics? value, FigureAxis axis) =>
        value is { } known && double.IsFinite(axis.Position(known.Mean));

    private static string Probe(Configuration found)
    {
        var probe = found.Seeds[0].Search.Probe is > 0 and var lists ? $", probe {lists}" : "";
        return found.IsReranked ? $"{probe}, rerank {found.Seeds[0].Search.Rerank}" : probe;
    }

    private static bool IsOfSearch(Measure measure) =>
        MeasureAxis.IsRecall(measure) || IsTime(measure) || measure.Name is "rank_distortion" or "kendall_tau";

    private static bool IsTime(Measure measure) =>
        measure.Name.StartsWith("qps_", StringComparison.Ordinal)
        || measure.Name.EndsWith("_ms", StringComparison.Ordinal)
        || measure.Name.EndsWith("_seconds", StringComparison.Ordinal);

    private static string[] Machines(DataGroup group) =>
        group.Machines.Count > 1
            ? [$"Times are of different machines and don't compare: {string.Join(", ", group.Machines)}."]
            : [];

    private static IEnumerable<string> Seeds(List<Configuration> drawn)
    {
        var counts = drawn.Select(found => found.Seeds.Count).Distinct().Order().ToList();
        if (counts is [1])
            return [];
        var range = counts is [var same] ? $"{same}" : $"{counts[0]} to {counts[^1]}";
        return [$"Means of {range} seeds; bars are 95 % intervals (Student's t)."];
    }

    private static IEnumerable<string> Missing(Measure measure, IEnumerable<Configuration> without) =>
        Sentence($"Without {measure.Name}, so not shown", without);

    private static IEnumerable<string> OffScale(IEnumerable<Configuration> without) =>
        Sentence("No place on a logarithmic axis, so not shown", without);

    private static IEnumerable<string> Sentence(string what, IEnumerable<Configuration> without)
    {
        var names = without.Select(found => found.Label).Distinct().ToList();
        if (names.Count == 0)
            return [];
        var rest = names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "";
        return [$"{what}: {string.Join(", ", names.Take(MostNamed))}{rest}."];
    }
}
