using VectorQuantization.Results;

namespace VectorQuantization.Plots;

/// <summary>How measures stand on an axis.</summary>
internal static class MeasureAxis
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["bytes_per_vector"] = "Bytes per vector",
        ["compression"] = "Compression (bytes of floats / bytes of codes)",
        ["mse_per_vector"] = "Squared error per vector",
        ["mse_per_dimension"] = "Squared error per coordinate",
        ["relative_mse"] = "Relative squared error",
        ["pairwise_mean"] = "Relative error of pairwise distances, mean",
        ["recall_at_1"] = "R@1 (nearest neighbour is the first found)",
        ["recall_at_10"] = "R@10 (nearest neighbour is among the first 10)",
        ["recall_at_100"] = "R@100 (nearest neighbour is among the first 100)",
        ["intersection_1"] = "Recall 1@1",
        ["intersection_10"] = "Recall 10@10",
        ["intersection_100"] = "Recall 100@100",
        ["kendall_tau"] = "Kendall's τ",
        ["qps_one_thread"] = "Queries per second, one thread",
        ["qps_all_threads"] = "Queries per second, all threads",
        ["train_seconds"] = "Training time in seconds",
        ["encode_seconds"] = "Encoding time in seconds",
        ["decode_seconds"] = "Decoding time in seconds",
    };

    /// <summary>Whether it says how much of the true neighbours a search finds.</summary>
    internal static bool IsRecall(Measure measure) =>
        measure.Name.StartsWith("recall_", StringComparison.Ordinal)
        || measure.Name.StartsWith("intersection_", StringComparison.Ordinal);

    internal static FigureAxis Of(Measure measure)
    {
        var share = IsRecall(measure) || measure.Name is "rank_distortion" or "kendall_tau";
        return new FigureAxis(Label(measure), Log: !share, measure.MoreIsBetter)
        {
            Binary = measure.Name is "bytes_per_vector",
            Most = share ? 1 : double.PositiveInfinity,
        };
    }

    /// <summary>What an axis or a note calls it.</summary>
    internal static string Label(Measure measure) => Labels.GetValueOrDefault(measure.Name) ?? measure.Name;
}
