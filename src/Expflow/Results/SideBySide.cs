using Expflow.Tables;

namespace Expflow.Results;

/// <summary>One side of a comparison: a run, or all done runs of an experiment.</summary>
/// <param name="Name">What stands over its column.</param>
/// <param name="Table">Its runs. Flagged and unfinished ones of an experiment have been left out.</param>
public sealed record ComparedRuns(string Name, RunTable Table);

/// <summary>What is compared: a parameter, a metric or a resource, with one cell for each side.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Cells">A cell for each side.</param>
public sealed record ComparedRow(string Name, IReadOnlyList<ComparedCell> Cells);

/// <summary>The values of one side: all different ones, and for numbers what they come to.</summary>
/// <param name="Column">The column on this side; null when it has none.</param>
/// <param name="Rows">A row for each different value, in the order in which they first appear.</param>
/// <param name="Values">What the numbers come to; null for anything else.</param>
public sealed record ComparedCell(Column? Column, IReadOnlyList<int> Rows, Aggregate? Values)
{
    /// <summary>The values as texts, sorted: equal for sides that have the same.</summary>
    public IReadOnlyList<string> Texts => [.. Rows.Select(row => Column!.Text(row)!).Order(StringComparer.Ordinal)];
}

/// <summary>Runs or experiments side by side: only the parameters that differ, then what came out and what it cost.</summary>
/// <param name="Sides">What is compared.</param>
/// <param name="Parameters">The parameters that differ.</param>
/// <param name="EqualParameters">How many parameters are equal on all sides.</param>
/// <param name="Metrics">The metrics of any side.</param>
/// <param name="Resources">Time and memory.</param>
/// <param name="CodeDiffers">Whether the sides ran different code.</param>
public sealed record SideBySide(
    IReadOnlyList<ComparedRuns> Sides,
    IReadOnlyList<ComparedRow> Parameters,
    int EqualParameters,
    IReadOnlyList<ComparedRow> Metrics,
    IReadOnlyList<ComparedRow> Resources,
    bool CodeDiffers
)
{
    /// <summary>Compares at least two sides.</summary>
    public static SideBySide Of(IReadOnlyList<ComparedRuns> sides)
    {
        var parameters = Rows(sides, sides.SelectMany(side => side.Table.Parameters)).ToArray();
        var differing = parameters.Where(Differs).ToArray();
        return new(
            sides,
            differing,
            parameters.Length - differing.Length,
            [.. Rows(sides, sides.SelectMany(side => side.Table.Metrics))],
            [.. Rows(sides, [RunColumns.Elapsed, RunColumns.Cpu, RunColumns.PeakMemory])],
            Rows(sides, [RunColumns.CodeTree]).Any(Differs)
        );
    }

    private static bool Differs(ComparedRow row) =>
        row.Cells.Skip(1).Any(cell => !cell.Texts.SequenceEqual(row.Cells[0].Texts));

    private static IEnumerable<ComparedRow> Rows(IReadOnlyList<ComparedRuns> sides, IEnumerable<string> names) =>
        names.Distinct().Select(name => new ComparedRow(name, [.. sides.Select(side => Cell(side.Table.Rows, name))]));

    private static ComparedCell Cell(Table table, string name)
    {
        if (table.Find(name) is not { } column)
            return new(null, [], null);
        var present = Enumerable.Range(0, table.RowCount).Where(row => !column.IsMissing(row)).ToArray();
        Aggregate? values = column switch
        {
            NumberColumn numbers => Aggregate.Of([.. present.Select(row => numbers.Values[row]!.Value)]),
            IntegerColumn whole => Aggregate.Of([.. present.Select(row => (double)whole.Values[row]!.Value)]),
            _ => null,
        };
        return new(column, [.. present.DistinctBy(row => column.Text(row))], values);
    }
}
