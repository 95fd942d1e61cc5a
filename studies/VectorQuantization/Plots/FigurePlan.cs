using VectorQuantization.Problems;
using VectorQuantization.Results;

namespace VectorQuantization.Plots;

/// <summary>Which figures there are to draw of some results, and which not for want of measures.</summary>
/// <param name="Figures">What can be drawn.</param>
/// <param name="LeftOut">Why others can't, a sentence each.</param>
public sealed record FigurePlan(IReadOnlyList<Figure> Figures, IReadOnlyList<string> LeftOut)
{
    /// <summary>Drawn unless the user says otherwise.</summary>
    public static IReadOnlyList<string> DefaultMetrics { get; } =
    ["recall_at_1", "intersection_10", "relative_mse", HistogramFigure.Metric];

    /// <summary>Each metric against bytes; those of recall against queries a second, too; histograms for <c>relative_error</c>.</summary>
    /// <param name="groups">Results by data set.</param>
    /// <param name="histograms">Kept histograms by cell.</param>
    /// <param name="metrics">Names of measures, or <c>relative_error</c>.</param>
    /// <exception cref="BadInputException">An unknown metric.</exception>
    public static FigurePlan Of(
        IReadOnlyList<DataGroup> groups,
        ILookup<string, Histogram> histograms,
        IReadOnlyList<string> metrics
    )
    {
        Check(metrics);
        var figures = new List<Figure>();
        var leftOut = new List<string>();
        foreach (var group in groups)
        foreach (var metric in metrics)
        {
            if (MeasureCatalogue.Find(metric) is not { } measure)
                Add(HistogramFigure.Of(group, histograms), group, "Histograms of errors", "no histogram is kept");
            else
                AddMeasure(group, measure);
        }
        return new FigurePlan(figures, leftOut);

        void AddMeasure(DataGroup group, Measure measure)
        {
            Against(group, measure, "bytes_per_vector", "bytes");
            if (MeasureAxis.IsRecall(measure))
                Against(group, measure, "qps_one_thread", "qps");
        }

        void Against(DataGroup group, Measure measure, string other, string shortly)
        {
            // Speed stands upright over recall, as readers of such pictures know it.
            var figure =
                shortly == "qps"
                    ? MeasureFigure.Of(group, measure, MeasureCatalogue.Find(other)!, $"{measure.Name}-{shortly}")
                    : MeasureFigure.Of(group, MeasureCatalogue.Find(other)!, measure, $"{measure.Name}-{shortly}");
            var but = shortly == "bytes" ? " (searches that rank again with exact vectors aside)" : "";
            Add(
                figure,
                group,
                $"{measure.Name} against {shortly}",
                $"no cell has both {measure.Name} and {other}{but}"
            );
        }

        void Add(Figure? figure, DataGroup group, string what, string why)
        {
            if (figure is null)
                leftOut.Add($"{what} of {group.Name} can't be drawn: {why}.");
            else
                figures.Add(figure);
        }
    }

    private static void Check(IReadOnlyList<string> metrics)
    {
        var problems = new ProblemList();
        foreach (
            var metric in metrics.Where(metric =>
                metric != HistogramFigure.Metric && MeasureCatalogue.Find(metric) is null
            )
        )
            problems.Add(
                $"'--metric {metric}' is nothing that is measured. There are: {string.Join(", ", MeasureCatalogue.All.Select(measure => measure.Name).Append(HistogramFigure.Metric))}."
            );
        problems.ThrowIfAny();
    }
}
