using Expflow.Plots;
using Expflow.Problems;
using Expflow.Results;
using Expflow.Sweeps;
using Expflow.Tables;

namespace Expflow.Cli.Commands;

/// <summary>Makes the picture that a request asks for out of an experiment's runs.</summary>
internal sealed class PlotDrawing(SubmittedExperiment experiment, PlotRequest request)
{
    // Characters that a legend has room for in a picture of the usual size.
    private const int LongestName = 30;

    public Checked<DrawnPicture> Make()
    {
        var table = experiment.Table(request.Stage, request.Part);
        var filtered = table.TryGet(out var all) ? all.Where(request.Where) : table;
        if (!filtered.TryGet(out var matching))
            return Checked<DrawnPicture>.Failed(filtered.Problems);
        var done = matching.Where(matching.IsDone);
        var counted = request.WithFlagged ? done : done.Where(row => !done.IsFlagged(row));
        if (Problems(done, counted) is { Count: > 0 } problems)
            return Checked<DrawnPicture>.Failed(problems);
        var leftOut = done.Rows.RowCount - counted.Rows.RowCount;
        var metric = request.Metric ?? MetricChoice.Default(counted, experiment.RequiredMetrics)!;
        // Of several stages most often only one reports it.
        var column = counted.Rows.Find(metric)!;
        counted = counted.Where(row => !column.IsMissing(row));
        if (counted.Rows.RowCount == 0)
            return new Problem(
                $"None of the runs that were asked for has brought '{metric}'. There is nothing to draw."
            );
        return (request.X, request.Y) switch
        {
            ({ } x, { } y) => HeatMap(counted, metric, x, y, leftOut),
            ({ } x, null) => OverParameter(counted, metric, x, leftOut),
            _ => Curves(counted, metric, leftOut),
        };
    }

    private List<Problem> Problems(RunTable done, RunTable counted)
    {
        var problems = new List<Problem>();
        if (request is { Y: not null, X: null })
            problems.Add(new("'--y' needs '--x': a heat map has two parameters."));
        if (request.Y is not null && request.Y == request.X)
            problems.Add(new($"'--x' and '--y' are both '{request.X}'. Give two parameters."));
        foreach (var name in new[] { request.X, request.Y }.OfType<string>().Concat(Over(done)))
            if (!done.Parameters.Contains(name))
                problems.Add(new(NoParameter(name, done)));
        problems.AddRange(MetricChoice.Check(request.Metric is { } metric ? [metric] : [], done));
        if (problems.Count > 0)
            return problems;
        if (counted.Rows.RowCount == 0)
            problems.Add(
                new(
                    done.Rows.RowCount == 0
                        ? $"'{experiment.Name}' has no runs to draw: none that was asked for is done. Run 'expflow status' to see them."
                        : $"'{experiment.Name}' has {done.Rows.RowCount} done runs to draw, and all are flagged. '--with-flagged' draws them."
                )
            );
        else if (counted.Metrics.Count == 0)
            problems.Add(new($"No metric has come from the runs of '{experiment.Name}'. There is nothing to draw."));
        return problems;
    }

    private static string NoParameter(string name, RunTable table) =>
        Suggestion.For(name, table.Parameters) is { } near
            ? $"'{name}' is no parameter of these runs. Did you mean '{near}'?"
            : $"'{name}' is no parameter of these runs. There is {string.Join(", ", table.Parameters.Select(one => $"'{one}'"))}.";

    private IReadOnlyList<string> Over(RunTable table) =>
        request.Over switch
        {
            null => Seeds.Among(table.Varying),
            ["none"] => [],
            { } named => named,
        };

    // Only what varies among the runs that are drawn: after '--where model == mlp' no name has to say it.
    private string[] Telling(RunTable table, params string?[] without) =>
        [
            .. table
                .Varying.Except(Over(table))
                .Except(without.OfType<string>())
                .Where(name => table.Rows.Find(name) is { } column && Values(column).Count > 1),
        ];

    // Where the legend has values alone, the title says of what.
    private static string By(string[] telling, IReadOnlyList<Setting> settings) =>
        telling.Length > 1 && !settings[0].Name.Contains('=', StringComparison.Ordinal)
            ? $" by {string.Join(", ", telling)}"
            : "";

    private DrawnPicture Curves(RunTable table, string metric, int leftOut)
    {
        var byId = experiment.Runs.ToDictionary(run => run.Run.Id.ToString());
        var ids = table.Rows.Find(RunColumns.RunId)!;
        var telling = Telling(table);
        var settings = Setting.Of(table.Rows, telling, LongestName);
        var read = Enumerable
            .Range(0, table.Rows.RowCount)
            .Select(row => experiment.MetricsOf(byId[ids.Text(row)!]))
            .ToArray()
            .AsParallel()
            .AsOrdered()
            .Select(attempts => RunCurve.Read(attempts, metric))
            .ToArray();
        CurveSeries[] series = [.. settings.Select(setting => Series(setting, read))];
        return new(
            new CurveChart
            {
                Title = $"{experiment.Name}: {metric}{By(telling, settings)}",
                XLabel = "step",
                YLabel = metric + Averaged(table, settings),
                Series = series,
                LogX = request.LogX ?? false,
                LogY = request.LogY,
            },
            metric,
            null,
            null,
            [.. series.Select(one => one.Name)],
            table.Rows.RowCount,
            leftOut
        );
    }

    private static CurveSeries Series(Setting setting, RunCurve[] read)
    {
        var mean = MeanCurve.Of([.. setting.Rows.Select(row => read[row])]);
        return new(setting.Name, [.. mean.Points.Select(point => new CurvePoint(point.Step, point.Mean))])
        {
            Band = mean.Points.Any(point => point.Sd is not null)
                ?
                [
                    .. mean.Points.Select(point => new BandPoint(
                        point.Step,
                        point.Mean - (point.Sd ?? 0),
                        point.Mean + (point.Sd ?? 0)
                    )),
                ]
                : [],
        };
    }

    private string Averaged(RunTable table, IReadOnlyList<Setting> settings)
    {
        var most = settings.Max(setting => setting.Rows.Count);
        if (most < 2)
            return "";
        var least = settings.Min(setting => setting.Rows.Count);
        var count = least == most ? $"{most}" : $"{least} to {most}";
        var over = Over(table);
        return over.Count == 0
            ? $" (mean ± sd of {count} runs)"
            : $" (mean ± sd over {string.Join(", ", over)}, n = {count})";
    }

    private DrawnPicture OverParameter(RunTable table, string metric, string x, int leftOut)
    {
        var column = table.Rows.Find(x)!;
        var values = Values(column);
        var numbers = column is IntegerColumn or NumberColumn;
        var telling = Telling(table, x);
        var settings = Setting.Of(table.Rows, telling, LongestName);
        ParameterLine[] lines =
        [
            .. settings.Select(setting => new ParameterLine(
                setting.Name,
                [
                    .. values
                        .Select(
                            (row, place) => (X: numbers ? Number(column, row) : place, Runs: Rows(setting, column, row))
                        )
                        .Where(point => point.Runs.Length > 0)
                        .Select(point => new ParameterPoint(point.X, Metric(table, metric, point.Runs))),
                ]
            )),
        ];
        return new(
            new ParameterChart
            {
                Title = $"{experiment.Name}: {metric} over {x}{By(telling, settings)}",
                XLabel = x,
                YLabel = MetricLabel(metric),
                Lines = lines,
                Categories = numbers ? [] : [.. values.Select(row => column.Text(row)!)],
                LogX = request.LogX ?? (numbers && LogScale.Suits(values.Select(row => Number(column, row)))),
                LogY = request.LogY,
            },
            metric,
            x,
            null,
            [.. lines.Select(line => line.Name)],
            table.Rows.RowCount,
            leftOut
        );
    }

    private DrawnPicture HeatMap(RunTable table, string metric, string x, string y, int leftOut)
    {
        var (across, up) = (table.Rows.Find(x)!, table.Rows.Find(y)!);
        var (columns, rows) = (Values(across), Values(up));
        var whole = new Setting("", [.. Enumerable.Range(0, table.Rows.RowCount)]);
        var cells = new List<HeatCell>();
        for (var column = 0; column < columns.Count; column++)
        for (var row = 0; row < rows.Count; row++)
        {
            var at = rows[row];
            var runs = Rows(whole, across, columns[column]).Where(run => up.SameValue(run, at)).ToArray();
            if (Aggregate.Of(Metric(table, metric, runs)).Mean is { } mean)
                cells.Add(new(column, row, mean));
        }
        return new(
            new HeatMap
            {
                Title = $"{experiment.Name}: {metric} over {x} and {y}",
                XLabel = x,
                YLabel = y,
                ValueLabel = MetricLabel(metric),
                Columns = [.. columns.Select(row => Text(across, row))],
                Rows = [.. rows.Select(row => Text(up, row))],
                Cells = cells,
            },
            metric,
            x,
            y,
            [],
            table.Rows.RowCount,
            leftOut
        );
    }

    private string MetricLabel(string metric) =>
        request.Part == SummaryPart.Last ? metric : $"{metric} ({request.Part.ToString().ToLowerInvariant()})";

    private static string Text(Column column, int row) => Screens.Figures.Exact(column, row);

    // A row for each value of the column, values rising.
    private static List<int> Values(Column column)
    {
        var rows = Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).ToList();
        rows.Sort((a, b) => column.Compare(a, b) is var order && order != 0 ? order : a.CompareTo(b));
        return [.. rows.Where((row, place) => place == 0 || column.Compare(rows[place - 1], row) != 0)];
    }

    private static int[] Rows(Setting setting, Column column, int value) =>
        [.. setting.Rows.Where(row => column.SameValue(row, value))];

    private static double[] Metric(RunTable table, string metric, int[] rows)
    {
        var values = ((NumberColumn)table.Rows.Find(metric)!).Values;
        return [.. rows.Select(row => values[row]).OfType<double>()];
    }

    private static double Number(Column column, int row) =>
        column is IntegerColumn whole ? whole.Values[row]!.Value : ((NumberColumn)column).Values[row]!.Value;
}
