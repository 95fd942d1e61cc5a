using Expflow.Manifests;
using Expflow.Problems;
using Expflow.Runs;
using Expflow.Tables;
using Expflow.Tracking;

namespace Expflow.Results;

/// <summary>Runs as a table: one row a run, with what it was given, what came out, and where it comes from.</summary>
public sealed record RunTable
{
    internal RunTable() { }

    /// <summary>The rows. Columns: run_id, stage, the parameters, the metrics, then state, flags, resources and provenance.</summary>
    public required Table Rows { get; init; }

    /// <summary>The columns that hold parameters, in the file's order.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The parameters of which there is more than one value: what tells runs apart. With several stages, <c>stage</c> is the first.</summary>
    public required IReadOnlyList<string> Varying { get; init; }

    /// <summary>The columns that hold metrics.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Puts runs into a table.</summary>
    /// <param name="runs">The runs, in the order of the rows.</param>
    /// <param name="header">What the manifest of a submission says, for the code's version.</param>
    /// <param name="part">Which value of a metric stands in its column.</param>
    /// <param name="foremost">Metrics that come first, in this order; the others follow by name.</param>
    public static RunTable Of(
        IReadOnlyList<TrackedRun> runs,
        Func<SubmissionId, ManifestHeader?> header,
        SummaryPart part = SummaryPart.Last,
        IReadOnlyList<string>? foremost = null
    )
    {
        var builder = new RunTableBuilder(header, part);
        foreach (var run in runs)
            builder.Add(run);
        return builder.Build(foremost ?? []);
    }

    /// <summary>The same columns with the rows that a condition lets through; null lets all through.</summary>
    public Checked<RunTable> Where(string? condition)
    {
        if (condition is null)
            return this;
        var filter = RowFilter.Parse(condition, Rows);
        return filter.TryGet(out var found)
            ? this with
            {
                Rows = Rows.Where(found),
            }
            : Checked<RunTable>.Failed(filter.Problems);
    }

    /// <summary>The rows of which this holds.</summary>
    public RunTable Where(Func<int, bool> holds) =>
        this with
        {
            Rows = Rows.Pick([.. Enumerable.Range(0, Rows.RowCount).Where(holds)]),
        };

    /// <summary>Whether the run of this row ended well.</summary>
    public bool IsDone(int row) => Rows.Find(RunColumns.State)!.Text(row) == "done";

    /// <summary>Whether something is wrong with the run of this row, though it ended well.</summary>
    public bool IsFlagged(int row) => !Rows.Find(RunColumns.Flags)!.IsMissing(row);
}
