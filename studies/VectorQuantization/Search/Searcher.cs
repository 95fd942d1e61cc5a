namespace VectorQuantization.Search;

/// <summary>One thread's way into a <see cref="SearchIndex"/>: it keeps tables and scratch space from query to query.</summary>
public abstract class Searcher
{
    /// <summary>How many queries it likes to be given at once. Answers do not depend on it.</summary>
    public virtual int Batch => 1;

    /// <summary>The k nearest rows of each query, nearest first, ties to the lower id.</summary>
    /// <param name="queries">Row-major, one or several.</param>
    /// <param name="k">Neighbours a query, at least 1.</param>
    /// <param name="distances">k a query; smaller is nearer, +∞ where there are no more rows. Overwritten.</param>
    /// <param name="ids">k a query; −1 where there are no more rows. Overwritten.</param>
    public abstract void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids);
}
