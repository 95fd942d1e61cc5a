namespace Expflow.Results;

/// <summary>What the user wants to see of the results.</summary>
public sealed record ResultsRequest
{
    /// <summary>A condition on the runs, as <see cref="Tables.RowFilter"/> reads it.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to sort by, as <see cref="Tables.SortKey"/> reads them.</summary>
    public string? Sort { get; init; }

    /// <summary>Columns whose values a group has in common; null doesn't group, or groups by <see cref="Over"/>.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>Parameters to average over: groups are made by all other parameters that vary.</summary>
    public IReadOnlyList<string> Over { get; init; } = [];

    /// <summary>The metrics to show, in this order; null shows all.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>The most rows; null is all.</summary>
    public int? Limit { get; init; }

    /// <summary>The metric that says what is best, as <see cref="BestKey"/> reads it; null asks for no best.</summary>
    public string? Best { get; init; }

    /// <summary>Whether flagged runs count in means and for the best.</summary>
    public bool WithFlagged { get; init; }
}
