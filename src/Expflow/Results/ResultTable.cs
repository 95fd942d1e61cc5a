using Expflow.Tables;

namespace Expflow.Results;

/// <summary>An answer to a <see cref="ResultsRequest"/>: rows of single runs, or of groups with mean and sd.</summary>
public sealed record ResultTable
{
    internal ResultTable() { }

    /// <summary>The rows as they are shown. For groups the columns are the settings, <c>n</c>, and for each metric its mean under its own name and <c>NAME_sd</c>.</summary>
    public required Table Rows { get; init; }

    /// <summary>The columns that tell the rows apart.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>The columns of metrics.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>For groups: the column with the number of runs, <c>n</c> unless a setting has that name.</summary>
    public string CountName => Settings.Contains("n") ? "n_runs" : "n";

    /// <summary>For groups: how many runs a row stands for; 1 for single runs.</summary>
    public int RunsIn(int row) =>
        Aggregates is null ? 1 : (int)((IntegerColumn)Rows.Find(CountName)!).Values[row]!.Value;

    /// <summary>For groups: metric → one aggregate a row. Null for single runs.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Aggregate>>? Aggregates { get; init; }
}

/// <summary>The results of an experiment, as far as there are any.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Best">The best row alone, when it was asked for and there is one.</param>
/// <param name="BestBy">What it is best by.</param>
/// <param name="Runs">How many runs there are, whatever their state.</param>
/// <param name="Done">How many of them are done.</param>
/// <param name="Flagged">How many of those are flagged.</param>
/// <param name="Matching">How many done runs the condition let through.</param>
/// <param name="LeftOut">How many of those were left out of means, because they are flagged.</param>
/// <param name="Rows">How many rows there were before the limit.</param>
public sealed record ResultReport(
    ResultTable Table,
    ResultTable? Best,
    BestKey? BestBy,
    int Runs,
    int Done,
    int Flagged,
    int Matching,
    int LeftOut,
    int Rows
);
