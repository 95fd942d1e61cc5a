namespace VectorQuantization.Results;

/// <summary>All measures, in the order of the table's columns.</summary>
public static class MeasureCatalogue
{
    /// <summary>The measures.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        Less("bytes_per_vector", "everything stored with a vector", row => row.Size.BytesPerVector),
        Less("side_bytes", "of these, norms, scales and offsets", row => row.Size.SideBytes),
        Less("model_bytes", "what all vectors share: codebooks, rotation, means", row => row.Size.ModelBytes),
        More("compression", "4·d / bytes_per_vector", row => row.Compression),
        More("compression_without_side", "the same without side_bytes", row => row.CompressionWithoutSide),
        Less("mse_per_vector", "squared error summed over coordinates", row => row.Distortion.MsePerVector),
        Less("mse_per_dimension", "mse_per_vector / d", row => row.Distortion.MsePerDimension),
        Less("relative_mse", "mse_per_vector / mean squared length", row => row.Distortion.RelativeMse),
        Less("pairwise_mean", "mean of |d̂/d − 1| over pairs", row => row.Distortion.PairwiseMean),
        Less("pairwise_median", "median of the same", row => row.Distortion.PairwiseMedian),
        Less("pairwise_max", "largest of the same", row => row.Distortion.PairwiseMax),
        More("recall_at_1", "nearest neighbour is the first found", row => row.Retrieval.RecallAt1),
        More("recall_at_10", "nearest neighbour is among the first 10", row => row.Retrieval.RecallAt10),
        More("recall_at_100", "nearest neighbour is among the first 100", row => row.Retrieval.RecallAt100),
        More("intersection_1", "share of the true first, ties counted", row => row.Retrieval.IntersectionAt1),
        More("intersection_10", "share of the true 10 among the first 10", row => row.Retrieval.IntersectionAt10),
        More("intersection_100", "share of the true 100 among the first 100", row => row.Retrieval.IntersectionAt100),
        Less("rank_distortion", "share of the true 10 not among the first 10", row => row.Retrieval.RankDistortion),
        More("kendall_tau", "agreement of true and found order, -1 to 1", row => row.Retrieval.KendallTau),
        Less("train_seconds", "learning", row => row.Effort.TrainSeconds),
        Less("encode_seconds", "encoding all base vectors", row => row.Effort.EncodeSeconds),
        Less("decode_seconds", "decoding all base vectors", row => row.Effort.DecodeSeconds),
        Less("peak_memory_bytes", "most memory that the process held", row => row.Effort.PeakMemoryBytes),
        More("qps_one_thread", "queries a second", row => row.Search.QpsOneThread),
        Less("p50_ms", "latency of a query on one thread", row => row.Search.P50Milliseconds),
        Less("p95_ms", "latency of a query on one thread", row => row.Search.P95Milliseconds),
        Less("p99_ms", "latency of a query on one thread", row => row.Search.P99Milliseconds),
        More("qps_all_threads", "queries a second on search_threads threads", row => row.Search.QpsAllThreads),
    ];

    /// <summary>The measure of that column, or null.</summary>
    public static Measure? Find(string name) => All.FirstOrDefault(measure => measure.Name == name);

    private static Measure More(string name, string meaning, Func<ResultRow, double?> of) =>
        new(name, meaning, of, MoreIsBetter: true);

    private static Measure Less(string name, string meaning, Func<ResultRow, double?> of) =>
        new(name, meaning, of, MoreIsBetter: false);
}
