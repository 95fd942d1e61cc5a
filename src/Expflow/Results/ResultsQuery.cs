using Expflow.Problems;
using Expflow.Tables;

namespace Expflow.Results;

/// <summary>Answers what the user wants to know of the runs of an experiment.</summary>
public static class ResultsQuery
{
    /// <summary>The answer, or everything that is wrong with the request.</summary>
    public static Checked<ResultReport> Answer(RunTable all, ResultsRequest request)
    {
        var done = all.Where(all.IsDone);
        var filtered = done.Where(request.Where);
        if (!filtered.TryGet(out var matching))
            return Checked<ResultReport>.Failed(filtered.Problems);
        var by = Keys(matching, request);
        if (Problems(matching, request, by) is { Count: > 0 } problems)
            return Checked<ResultReport>.Failed(problems);

        var counted = request.WithFlagged ? matching : matching.Where(row => !matching.IsFlagged(row));
        var metrics = request.Metrics ?? matching.Metrics;
        var whole = by is null ? Single(matching, metrics) : Grouped(counted, by, metrics);
        var sorted = Sorted(whole, request.Sort);
        if (!sorted.TryGet(out var rows))
            return Checked<ResultReport>.Failed(sorted.Problems);

        var best = request.Best is { } asked ? BestKey.Parse(asked, matching) : null;
        if (best?.Problems is { Count: > 0 } wrong)
            return Checked<ResultReport>.Failed(wrong);
        var bestBy = best is not null && best.TryGet(out var key) ? key : null;
        return new ResultReport(
            First(rows, request.Limit ?? int.MaxValue),
            bestBy is null ? null : Best(counted, by, metrics, bestBy),
            bestBy,
            all.Rows.RowCount,
            done.Rows.RowCount,
            Enumerable.Range(0, done.Rows.RowCount).Count(done.IsFlagged),
            matching.Rows.RowCount,
            by is null ? 0 : matching.Rows.RowCount - counted.Rows.RowCount,
            rows.Rows.RowCount
        );
    }

    private static string[]? Keys(RunTable table, ResultsRequest request) =>
        request.By is { } by ? [.. by]
        : request.Over.Count > 0 ? [.. table.Varying.Except(request.Over)]
        : null;

    private static List<Problem> Problems(RunTable table, ResultsRequest request, string[]? by)
    {
        var problems = new List<Problem>();
        if (request.By is not null && request.Over.Count > 0)
            problems.Add(new("'--by' says what stays and '--over' what is averaged away. Give one of them."));
        foreach (var name in (by ?? []).Concat(request.Over))
            if (!table.Parameters.Contains(name) && table.Rows.Find(name) is null)
                problems.Add(new(NoParameter(name, table)));
        problems.AddRange(MetricChoice.Check(request.Metrics ?? [], table));
        if (request.Limit is <= 0)
            problems.Add(new($"'--limit {request.Limit}' shows nothing. Give a number from 1."));
        return problems;
    }

    private static string NoParameter(string name, RunTable table) =>
        Suggestion.For(name, table.Parameters) is { } near
            ? $"'{name}' is no parameter of these runs. Did you mean '{near}'?"
            : $"'{name}' is no parameter of these runs. There is {string.Join(", ", table.Parameters.Select(one => $"'{one}'"))}.";

    private static ResultTable Single(RunTable table, IReadOnlyList<string> metrics) =>
        new()
        {
            Rows = table.Rows,
            Settings = table.Varying,
            Metrics = metrics,
            Aggregates = null,
        };

    private static ResultTable Grouped(RunTable table, string[] by, IReadOnlyList<string> metrics)
    {
        // Every name has been looked up before.
        _ = Grouping.Of(table.Rows, by, [.. metrics.Except(by)]).TryGet(out var groups);
        var columns = new List<Column>(groups!.Keys.Columns)
        {
            new IntegerColumn(by.Contains("n") ? "n_runs" : "n", [.. groups.Sizes.Select(size => (long?)size)])
            {
                Meaning = "Runs in the group",
            },
        };
        foreach (var (column, values) in groups.Aggregates)
        {
            columns.Add(new NumberColumn(column.Name, [.. values.Select(value => value.Mean)]));
            columns.Add(new NumberColumn(column.Name + "_sd", [.. values.Select(value => value.Sd)]));
        }
        return new()
        {
            Rows = new([.. columns.DistinctBy(column => column.Name)]),
            Settings = by,
            Metrics = [.. groups.Aggregates.Select(pair => pair.Column.Name)],
            Aggregates = groups.Aggregates.ToDictionary(pair => pair.Column.Name, pair => pair.Values),
        };
    }

    private static Checked<ResultTable> Sorted(ResultTable table, string? sort)
    {
        if (sort is null)
            return table;
        var keys = SortKey.Parse(sort, table.Rows);
        return keys.TryGet(out var found) ? Sorted(table, found) : Checked<ResultTable>.Failed(keys.Problems);
    }

    private static ResultTable Sorted(ResultTable table, IReadOnlyList<SortKey> keys)
    {
        // The aggregates go with their rows: a column of places says where each has come from.
        var places = new IntegerColumn("", [.. Enumerable.Range(0, table.Rows.RowCount).Select(row => (long?)row)]);
        var sorted = (IntegerColumn)new Table([.. table.Rows.Columns, places]).SortBy(keys).Find("")!;
        return Pick(table, [.. sorted.Values.Select(place => (int)place!.Value)]);
    }

    private static ResultTable First(ResultTable table, int limit) =>
        table.Rows.RowCount <= limit ? table : Pick(table, [.. Enumerable.Range(0, limit)]);

    private static ResultTable Pick(ResultTable table, int[] rows) =>
        table with
        {
            Rows = table.Rows.Pick(rows),
            Aggregates = table.Aggregates?.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyList<Aggregate>)[.. rows.Select(row => pair.Value[row])]
            ),
        };

    private static ResultTable? Best(RunTable counted, string[]? by, IReadOnlyList<string> metrics, BestKey key)
    {
        var shown = metrics.Contains(key.Metric) ? metrics : [.. metrics, key.Metric];
        var table = by is null ? Single(counted, shown) : Grouped(counted, by, shown);
        var column = table.Rows.Find(key.Metric) as NumberColumn;
        var rows = Sorted(table, [key.ToSortKey()]);
        // A missing value and NaN come last: with one of them in front there is nothing better.
        return
            column is not null
            && rows.Rows.RowCount > 0
            && ((NumberColumn)rows.Rows.Find(key.Metric)!).Values[0] is { } first
            && !double.IsNaN(first)
            ? First(rows, 1)
            : null;
    }
}
