using VectorQuantization.Results;

namespace VectorQuantization.Plots;

/// <summary>How relative errors of vectors are spread under each configuration.</summary>
internal static class HistogramFigure
{
    internal const string Metric = "relative_error";

    private const int MostRidges = 60;

    /// <summary>The figure, or null where no histogram was kept.</summary>
    internal static RidgeFigure? Of(DataGroup group, ILookup<string, Histogram> histograms)
    {
        // How codes are searched changes nothing about decoding: one row for all searches of theirs.
        var ridges = group
            .Configurations.DistinctBy(found => found.Codes)
            .Select(found => (found.Codes, Ridge: Ridge(found, histograms)))
            .ToList();
        var there = ridges.Select(ridge => ridge.Ridge).OfType<Ridge>().ToList();
        if (there.Count == 0)
            return null;
        var without = ridges.Where(ridge => ridge.Ridge is null).Select(ridge => ridge.Codes).ToList();
        return new RidgeFigure
        {
            Name = $"{group.Name}-error-histogram",
            Title = group.Title,
            XLabel = "Relative error of a vector, ‖x − x̂‖ / ‖x‖",
            Ridges = [.. there.Take(MostRidges)],
            Notes =
            [
                "Every row is scaled to its largest bin; the mark is the median.",
                .. there.Count > MostRidges ? (string[])[$"The first {MostRidges} of {there.Count} are shown."] : [],
                .. without.Count > 0
                    ? (string[])[$"Without a histogram, so not shown: {string.Join(", ", without)}."]
                    : [],
            ],
        };
    }

    private static Ridge? Ridge(Configuration found, ILookup<string, Histogram> histograms)
    {
        var counts = new SortedDictionary<double, (double High, long Count)>();
        foreach (var row in found.Seeds)
        foreach (var histogram in histograms[row.Cell.Id].Where(kept => kept.Kind == Histogram.RelativeError))
        {
            for (var i = 0; i < histogram.Counts.Count; i++)
            {
                var low = histogram.Edges[i];
                var before = counts.GetValueOrDefault(low).Count;
                counts[low] = (histogram.Edges[i + 1], before + histogram.Counts[i]);
            }
        }
        var total = counts.Values.Sum(bin => bin.Count);
        if (total == 0)
            return null;
        double[] edges = [.. counts.Keys, counts.Values.Last().High];
        // A first bin from 0 has no width on a logarithmic axis: it gets that of the next.
        if (edges[0] <= 0)
            edges[0] = edges.Length > 2 ? edges[1] * edges[1] / edges[2] : edges[1] / 2;
        return new Ridge(found.Codes, found.Method, edges, [.. counts.Values.Select(bin => (double)bin.Count / total)]);
    }
}
