using System.Globalization;
using Microsoft.Data.Sqlite;

namespace VectorQuantization.Results;

/// <summary>Makes rows of what stands in <c>runs</c>.</summary>
internal sealed class ResultReading(SqliteDataReader from)
{
    private static readonly Dictionary<string, int> Places = ResultColumns
        .All.Select((column, i) => (column.Name, i))
        .ToDictionary(place => place.Name, place => place.i);

    /// <summary>The row at which the reader stands, selected by <see cref="ResultSchema.Names"/>.</summary>
    internal ResultRow Row() =>
        new()
        {
            Cell = Cell(),
            Data = new DataFacts(
                Text("data"),
                Text("fingerprint"),
                Long("n") ?? 0,
                Int("d") ?? 0,
                Long("queries") ?? 0,
                Long("training_rows") ?? 0,
                Text("metric")
            ),
            Machine = new MachineFacts(
                Text("host"),
                Text("cpu_model"),
                Text("simd"),
                Int("cores") ?? 0,
                Text("program_version"),
                TextOrNull("git_commit"),
                Text("command_line")
            ),
            Size = new SizeFacts
            {
                BytesPerVector = Int("bytes_per_vector"),
                SideBytes = Int("side_bytes"),
                ModelBytes = Long("model_bytes"),
            },
            Distortion = Distortion(),
            Retrieval = Retrieval(),
            Effort = new EffortFacts
            {
                TrainSeconds = Real("train_seconds"),
                EncodeSeconds = Real("encode_seconds"),
                DecodeSeconds = Real("decode_seconds"),
                EncodeThreads = Int("encode_threads"),
                PeakMemoryBytes = Long("peak_memory_bytes"),
            },
            Search = Search(),
            Failure = Text("status") == ResultColumns.Done ? null : TextOrNull("error") ?? "failed",
        };

    private CellFacts Cell() =>
        new()
        {
            Id = Text("cell"),
            Configuration = Text("configuration"),
            Sweep = TextOrNull("sweep"),
            Started = DateTimeOffset.ParseExact(
                Text("started"),
                ResultColumns.TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal
            ),
            Method = Text("method"),
            Label = Text("label"),
            Settings = Text("settings"),
            Seed = unchecked((ulong)(Long("seed") ?? 0)),
        };

    private DistortionFacts Distortion() =>
        new()
        {
            MsePerVector = Real("mse_per_vector"),
            MsePerDimension = Real("mse_per_dimension"),
            RelativeMse = Real("relative_mse"),
            PairwiseMean = Real("pairwise_mean"),
            PairwiseMedian = Real("pairwise_median"),
            PairwiseMax = Real("pairwise_max"),
        };

    private RetrievalFacts Retrieval() =>
        new()
        {
            RecallAt1 = Real("recall_at_1"),
            RecallAt10 = Real("recall_at_10"),
            RecallAt100 = Real("recall_at_100"),
            IntersectionAt1 = Real("intersection_1"),
            IntersectionAt10 = Real("intersection_10"),
            IntersectionAt100 = Real("intersection_100"),
            RankDistortion = Real("rank_distortion"),
            KendallTau = Real("kendall_tau"),
        };

    private SearchFacts Search() =>
        new()
        {
            Kind = TextOrNull("search"),
            Lists = Int("lists"),
            Probe = Int("probe"),
            Rerank = Int("rerank"),
            QpsOneThread = Real("qps_one_thread"),
            P50Milliseconds = Real("p50_ms"),
            P95Milliseconds = Real("p95_ms"),
            P99Milliseconds = Real("p99_ms"),
            QpsAllThreads = Real("qps_all_threads"),
            Threads = Int("search_threads"),
        };

    private string Text(string column) => from.GetString(Places[column]);

    private string? TextOrNull(string column) => from.IsDBNull(Places[column]) ? null : Text(column);

    private double? Real(string column) => from.IsDBNull(Places[column]) ? null : from.GetDouble(Places[column]);

    private long? Long(string column) => from.IsDBNull(Places[column]) ? null : from.GetInt64(Places[column]);

    private int? Int(string column) => (int?)Long(column);
}
