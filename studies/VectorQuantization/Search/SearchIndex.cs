using System.Collections.Concurrent;
using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;

namespace VectorQuantization.Search;

/// <summary>Something that can be asked for the nearest rows of a query. Thread-safe; each thread asks through a searcher of its own.</summary>
public abstract class SearchIndex
{
    /// <summary>Coordinates of a query.</summary>
    public abstract int Dimension { get; }

    /// <summary>Rows that can be found, with the ids 0, 1, ….</summary>
    public abstract long Count { get; }

    /// <summary>Bytes of all that grows with the rows: codes and ids.</summary>
    public abstract long RowBytes { get; }

    /// <summary>A searcher for one thread.</summary>
    public abstract Searcher CreateSearcher();

    /// <summary>The k nearest rows of each query, on several threads. The answer is the same for any number of threads.</summary>
    /// <param name="queries">Row-major, whole queries.</param>
    /// <param name="k">Neighbours a query, at least 1; where there are fewer rows, ids of −1 fill up.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the search with <see cref="OperationCanceledException"/>.</param>
    public virtual NeighbourTable Search(
        ReadOnlyMemory<float> queries,
        int k,
        int threads,
        CancellationToken stop = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var count = QueriesIn(queries);
        var ids = new long[count * k];
        var distances = new float[count * k];
        var idle = new ConcurrentBag<Searcher> { CreateSearcher() };
        idle.TryPeek(out var any);
        RowBlocks.ForEach(
            count,
            Math.Clamp((count + threads - 1) / Math.Max(1, threads), 1, any!.Batch),
            threads,
            (_, first, rows) =>
            {
                if (!idle.TryTake(out var searcher))
                    searcher = CreateSearcher();
                var from = (int)first;
                searcher.Search(
                    queries.Span.Slice(from * Dimension, rows * Dimension),
                    k,
                    distances.AsSpan(from * k, rows * k),
                    ids.AsSpan(from * k, rows * k)
                );
                idle.Add(searcher);
            },
            stop
        );
        return new NeighbourTable(k, ids, distances);
    }

    /// <summary>How many queries these are.</summary>
    protected int QueriesIn(ReadOnlyMemory<float> queries)
    {
        if (queries.Length % Dimension != 0)
            throw new ArgumentException(
                $"{queries.Length} floats are no whole queries of {Dimension}.",
                nameof(queries)
            );
        return queries.Length / Dimension;
    }
}
