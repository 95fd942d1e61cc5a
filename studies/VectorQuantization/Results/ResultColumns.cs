using System.Globalization;

namespace VectorQuantization.Results;

/// <summary>A column of <c>runs</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">SQLite's type with constraints.</param>
/// <param name="Meaning">Stands as a comment in the schema, which SQLite keeps: <c>.schema runs</c> explains itself.</param>
/// <param name="Of">Its value in a row, or null.</param>
internal sealed record ResultColumn(string Name, string Type, string Meaning, Func<ResultRow, object?> Of);

/// <summary>All columns of <c>runs</c>: writing, reading and the schema go by this one list.</summary>
internal static class ResultColumns
{
    internal const string Done = "done";
    internal const string Failed = "failed";

    // Of fixed width in UTC, so that texts sort as times do.
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private const string Text = "TEXT NOT NULL";
    private const string Whole = "INTEGER NOT NULL";

    private static readonly string[] WholeMeasures =
    [
        "bytes_per_vector",
        "side_bytes",
        "model_bytes",
        "peak_memory_bytes",
    ];

    internal static IReadOnlyList<ResultColumn> All { get; } =
    [
        new("cell", Text + " UNIQUE", "hash of configuration, data and seed", row => row.Cell.Id),
        new(
            "configuration",
            Text,
            "hash of configuration and data: rows that share it differ by chance alone",
            row => row.Cell.Configuration
        ),
        new("sweep", "TEXT", "the sweep that it belongs to", row => row.Cell.Sweep),
        new("started", Text, "UTC", row => Time(row.Cell.Started)),
        new("status", Text, "done or failed", row => row.IsDone ? Done : Failed),
        new("error", "TEXT", "why it failed", row => row.Failure),
        new("method", Text, "pq, opq, sq, ...", row => row.Cell.Method),
        new("label", Text, "the name people read", row => row.Cell.Label),
        new("settings", Text, "JSON object, defaults included", row => row.Cell.Settings),
        new("seed", Whole, "of all that is random", row => unchecked((long)row.Cell.Seed)),
        new("data", Text, "name of the data set", row => row.Data.Name),
        new("fingerprint", Text, "hash of the base vectors", row => row.Data.Fingerprint),
        new("n", Whole, "base vectors", row => row.Data.Count),
        new("d", Whole, "coordinates a vector", row => (long)row.Data.Dimension),
        new("queries", Whole, "query vectors", row => row.Data.Queries),
        new("training_rows", Whole, "vectors that were learnt from", row => row.Data.TrainingRows),
        new("metric", Text, "l2, ip or cosine", row => row.Data.Metric),
        new("search", "TEXT", "flat, fastscan or ivf", row => row.Search.Kind),
        new("lists", "INTEGER", "lists of the inverted file", row => (long?)row.Search.Lists),
        new("probe", "INTEGER", "lists that a query looks into", row => (long?)row.Search.Probe),
        new(
            "rerank",
            "INTEGER",
            "candidates for each neighbour that are ranked again with exact vectors",
            row => (long?)row.Search.Rerank
        ),
        .. MeasureCatalogue.All.Select(OfMeasure),
        new("encode_threads", "INTEGER", "of training, encoding and decoding", row => (long?)row.Effort.EncodeThreads),
        new("search_threads", "INTEGER", "of qps_all_threads", row => (long?)row.Search.Threads),
        new("host", Text, "name of the machine", row => row.Machine.Host),
        new("cpu_model", Text, "name of the processor", row => row.Machine.CpuModel),
        new("simd", Text, "widest instructions used", row => row.Machine.Simd),
        new("cores", Whole, "processors that the process might use", row => (long)row.Machine.Cores),
        new("program_version", Text, "of vq-benchmark", row => row.Machine.Version),
        new("git_commit", "TEXT", "of the working directory", row => row.Machine.Commit),
        new("command_line", Text, "as it was given", row => row.Machine.CommandLine),
    ];

    internal static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static ResultColumn OfMeasure(Measure measure) =>
        new(
            measure.Name,
            WholeMeasures.Contains(measure.Name) ? "INTEGER" : "REAL",
            measure.Meaning,
            row => measure.Of(row)
        );
}
