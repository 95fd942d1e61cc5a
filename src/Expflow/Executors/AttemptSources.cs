using Expflow.Experiments;
using Expflow.Metrics;

namespace Expflow.Executors;

/// <summary>The files that hold the metrics of a run.</summary>
public static class AttemptSources
{
    /// <summary>The sources of one attempt with folders of its own.</summary>
    /// <param name="stage">The stage, which may declare further sources.</param>
    /// <param name="folder">The attempt.</param>
    /// <param name="isLast">Files in the run's folder are all attempts' together: the last one answers for them.</param>
    public static AttemptMetrics Of(Stage stage, AttemptFolder folder, bool isLast) =>
        new(folder.Number, [.. Of(stage, folder.RunFolder, folder.Output, folder.Metrics, isLast)]);

    /// <summary>The sources of all attempts of a run, up to and including <paramref name="last"/>.</summary>
    public static IReadOnlyList<AttemptMetrics> OfRun(Stage stage, string runFolder, int last) =>
        [
            .. Enumerable
                .Range(1, last)
                .Select(number => Of(stage, new AttemptFolder(runFolder, number), isLast: number == last)),
        ];

    /// <summary>The sources of an attempt, each from where its own part begins: segments hold those of others before it.</summary>
    public static IEnumerable<MetricSource> Of(Stage stage, AttemptPlace place) =>
        Of(stage, place.RunFolder, place.Output, place.Metrics, withRunFiles: true)
            .Select(source => source with { Start = place.StartIn(source.Path) });

    /// <summary>The sources of an attempt whose files stand in these places.</summary>
    public static IEnumerable<MetricSource> Of(
        Stage stage,
        string runFolder,
        string output,
        string metrics,
        bool withRunFiles
    )
    {
        yield return new(metrics, new MetricFormat.JsonLines());
        foreach (var declared in stage.Metrics)
            if (declared.File is null)
                yield return new(output, declared.Format);
            else if (withRunFiles)
                yield return new(Path.Combine(runFolder, declared.File), declared.Format);
    }
}
