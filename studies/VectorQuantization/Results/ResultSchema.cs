using System.Globalization;
using System.Text;

namespace VectorQuantization.Results;

/// <summary>The tables and the view, as SQL.</summary>
internal static class ResultSchema
{
    /// <summary>Stands in the file as <c>user_version</c>. Another number for every change of the tables.</summary>
    internal const long Version = 1;

    /// <summary>Stands in the file as <c>application_id</c>: "vqb1". Tells our databases from others with a table <c>runs</c>.</summary>
    internal const long Application = 0x76716231;

    internal static string Create { get; } =
        $"""
            CREATE TABLE runs(
            {Columns()});
            CREATE INDEX runs_by_configuration ON runs(configuration);
            CREATE TABLE histograms(
              cell TEXT NOT NULL REFERENCES runs(cell),
              kind TEXT NOT NULL, -- what is counted: relative_error of vectors
              low REAL NOT NULL,  -- counts values from low
              high REAL NOT NULL, -- to below high
              count INTEGER NOT NULL,
              PRIMARY KEY(cell, kind, low)) WITHOUT ROWID;
            {Summary()}
            PRAGMA application_id={Application};
            PRAGMA user_version={Version};
            """;

    internal static string Names { get; } = string.Join(", ", ResultColumns.All.Select(column => column.Name));

    /// <summary>Inserts a row; replaces one of the same cell where <paramref name="wins"/> (of <c>excluded</c> over <c>runs</c>).</summary>
    internal static string Insert(string wins) =>
        $"""
            INSERT INTO runs({Names}) VALUES({string.Join(", ", ResultColumns.All.Select(column => '$' + column.Name))})
            ON CONFLICT(cell) DO UPDATE SET
            {string.Join(", ", ResultColumns.All.Skip(1).Select(column => $"{column.Name}=excluded.{column.Name}"))}
            WHERE {wins}
            """;

    private static string Columns()
    {
        var text = new StringBuilder();
        foreach (var column in ResultColumns.All)
        {
            var end = column == ResultColumns.All[^1] ? "" : ",";
            text.Append($"  {column.Name} {column.Type}{end} -- {column.Meaning}\n");
        }
        return text.ToString();
    }

    // One line for each configuration and measure. Clusters' own sqlite3 is often too old to have sqrt(): Newton's method in SQL.
    private static string Summary() =>
        $"""
            CREATE VIEW summary AS
            WITH
            points(freedom, reach) AS (VALUES {Points()}),
            long(configuration, measure, value) AS (
            {string.Join("\n  UNION ALL ", MeasureCatalogue.All.Select(Lengthen))}),
            means AS (SELECT configuration, measure, avg(value) AS mean, count(value) AS n, min(value) AS least, max(value) AS most
              FROM long GROUP BY configuration, measure),
            spread AS (SELECT means.*, CASE WHEN n > 1 THEN sum((value - mean) * (value - mean)) / (n - 1) END AS variance
              FROM means JOIN long USING(configuration, measure) GROUP BY configuration, measure),
            deviations AS (SELECT *, {Root("variance")} AS sd, {Root("variance / n")} * coalesce(
                (SELECT reach FROM points WHERE freedom = n - 1),
                1.95996 + 2.3722 / (n - 1) + 2.8224 / (n - 1) / (n - 1)) AS reach
              FROM spread)
            SELECT method, label, settings, data, metric, search, lists, probe, rerank, measure, n, mean, sd,
              mean - reach AS low95, mean + reach AS high95, least, most, configuration
            FROM deviations JOIN (SELECT configuration, min(method) AS method, min(label) AS label, min(settings) AS settings,
              min(data) AS data, min(metric) AS metric, min(search) AS search, min(lists) AS lists, min(probe) AS probe,
              min(rerank) AS rerank FROM runs GROUP BY configuration) USING(configuration);
            """;

    private static string Root(string of) =>
        $"""
            (WITH RECURSIVE newton(x, i) AS (SELECT {of}, 0
              UNION ALL SELECT (x + {of} / x) / 2, i + 1 FROM newton WHERE i < 100 AND abs(x * x - {of}) > 1e-14 * {of})
              SELECT x FROM newton ORDER BY i DESC LIMIT 1)
            """;

    private static string Points() =>
        string.Join(
            ", ",
            StudentT.Table.Select((reach, i) => string.Create(CultureInfo.InvariantCulture, $"({i + 1}, {reach})"))
        );

    private static string Lengthen(Measure measure) =>
        $"SELECT configuration, '{measure.Name}', {measure.Name} FROM runs WHERE status = 'done' AND {measure.Name} IS NOT NULL";
}
