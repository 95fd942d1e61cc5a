using System.Buffers;
using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>Search that looks only at the codes in the lists whose centroids are nearest to the query.</summary>
public sealed class InvertedLists : SearchIndex
{
    // List l is at starts[l] … starts[l + 1] of ids and codes; ids ascend within a list.
    private readonly long[] starts;
    private readonly int[] ids;
    private readonly CodeSet codes;
    private readonly ListTables? tables;

    internal InvertedLists(
        InvertedQuantiser quantiser,
        Metric metric,
        int probes,
        long[] starts,
        int[] ids,
        CodeSet codes
    )
        : this(quantiser, metric, probes, starts, ids, codes, metric == Metric.L2 ? ListTables.Of(quantiser) : null) { }

    private InvertedLists(
        InvertedQuantiser quantiser,
        Metric metric,
        int probes,
        long[] starts,
        int[] ids,
        CodeSet codes,
        ListTables? tables
    )
    {
        (Quantiser, Metric, Probes, this.tables) = (quantiser, metric, probes, tables);
        (this.starts, this.ids, this.codes) = (starts, ids, codes);
    }

    /// <summary>What filled the lists.</summary>
    public InvertedQuantiser Quantiser { get; }

    /// <summary>What near means.</summary>
    public Metric Metric { get; }

    /// <summary>How many lists a query looks into (<c>nprobe</c>).</summary>
    public int Probes { get; }

    /// <inheritdoc />
    public override int Dimension => Quantiser.Centroids.Dimension;

    /// <inheritdoc />
    public override long Count => codes.Count;

    /// <summary>Bytes of the codes.</summary>
    public long CodeBytes => codes.Bytes;

    /// <summary>Bytes of the ids: 4 a row.</summary>
    public long IdBytes => sizeof(int) * codes.Count;

    /// <inheritdoc />
    public override long RowBytes => CodeBytes + IdBytes;

    internal ReadOnlySpan<long> Starts => starts;

    internal ReadOnlySpan<int> Ids => ids;

    internal CodeSet Codes => codes;

    /// <summary>Fills lists with all rows, on several threads. The lists are the same for any number of threads.</summary>
    /// <param name="quantiser">A trained one.</param>
    /// <param name="rows">What to index.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="probes">How many lists a query looks into: 1 to all.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="BadInputException">A row can't be used, or there are more than fit.</exception>
    public static InvertedLists Build(
        InvertedQuantiser quantiser,
        VectorSet rows,
        Metric metric,
        int probes,
        int threads,
        CancellationToken stop = default
    )
    {
        if (rows.Count > Array.MaxLength)
            throw new BadInputException(
                $"'{rows.Origin}' has {rows.Count} rows; inverted lists take at most {Array.MaxLength}. Cut it into parts."
            );
        var lists = new int[rows.Count];
        var codes = Encode(quantiser, rows, lists, threads, stop);
        var starts = new long[quantiser.Centroids.Count + 1];
        foreach (var list in lists)
            starts[list + 1]++;
        for (var list = 0; list < starts.Length - 1; list++)
            starts[list + 1] += starts[list];
        return Sorted(quantiser, metric, probes, starts, lists, codes);
    }

    /// <summary>The same lists, of which a query looks into so many.</summary>
    /// <param name="probes">1 to all.</param>
    public InvertedLists Probing(int probes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probes);
        return new(Quantiser, Metric, Math.Min(probes, Quantiser.Centroids.Count), starts, ids, codes, tables);
    }

    /// <inheritdoc />
    public override Searcher CreateSearcher() => new ListSearcher(this);

    private static CodeSet Encode(
        InvertedQuantiser quantiser,
        VectorSet rows,
        int[] lists,
        int threads,
        CancellationToken stop
    )
    {
        var codes = new CodeSet(quantiser.Fine.CodeBytes, rows.Count);
        RowBlocks.ForEach(
            rows.Count,
            codes.RowsAtOnce(rows.Dimension),
            threads,
            (_, first, count) =>
            {
                var floats = ArrayPool<float>.Shared.Rent(count * rows.Dimension);
                var read = floats.AsSpan(0, count * rows.Dimension);
                rows.Read(first, read);
                quantiser.Encode(read, lists.AsSpan((int)first, count), codes.Rows(first, count));
                ArrayPool<float>.Shared.Return(floats);
            },
            stop
        );
        return codes;
    }

    private static InvertedLists Sorted(
        InvertedQuantiser quantiser,
        Metric metric,
        int probes,
        long[] starts,
        int[] lists,
        CodeSet inOrder
    )
    {
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var ids = new int[lists.Length];
        var codes = new CodeSet(inOrder.CodeBytes, inOrder.Count);
        for (var row = 0; row < lists.Length; row++)
        {
            var place = next[lists[row]]++;
            ids[place] = row;
            inOrder.Rows(row, 1).CopyTo(codes.Rows(place, 1));
        }
        return new InvertedLists(quantiser, metric, Math.Min(probes, starts.Length - 1), starts, ids, codes);
    }

    private sealed class ListSearcher(InvertedLists index) : Searcher
    {
        private const int Chunk = 1024;

        private readonly DistanceEstimator estimator = index.Quantiser.Fine.EstimatorOf(index.Metric);
        private readonly float[] toCentroids = new float[index.Quantiser.Centroids.Count];
        private readonly float[] probeDistances = new float[index.Probes];
        private readonly long[] probes = new long[index.Probes];
        private readonly float[] residual = new float[index.Dimension];
        private readonly float[] chunk = new float[Chunk];

        // What a query has in common with all lists, where these have tables.
        private readonly TableEstimator? products = index.tables is null
            ? null
            : (TableEstimator)index.Quantiser.Fine.EstimatorOf(Metric.InnerProduct);
        private float[] tables = [];

        public override void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids)
        {
            for (var query = 0; query < ids.Length / k; query++)
                SearchOne(
                    queries.Slice(query * index.Dimension, index.Dimension),
                    new NearestHeap(distances.Slice(query * k, k), ids.Slice(query * k, k))
                );
        }

        private void SearchOne(ReadOnlySpan<float> query, NearestHeap heap)
        {
            var centroids = index.Quantiser.Centroids;
            centroids.Probe(query, index.Metric, toCentroids, probeDistances, probes);
            (products ?? estimator).Prepare(query);
            for (var i = 0; i < probes.Length; i++)
            {
                var list = (int)probes[i];
                if (index.starts[list] < index.starts[list + 1])
                    Scan(list, PrepareFor(list, query, probeDistances[i]), heap);
            }
            heap.Finish();
        }

        // Returns what the estimator's distances will lack.
        private float PrepareFor(int list, ReadOnlySpan<float> query, float toCentroid)
        {
            if (!index.Quantiser.Residual)
                return 0;
            if (index.Metric != Metric.L2)
                return toCentroid;
            if (index.tables is not null)
            {
                if (tables.Length == 0)
                    tables = new float[products!.Tables.Length];
                index.tables.Fill(list, products!.Tables, tables);
                ((TableEstimator)estimator).TakeTables(tables);
                return toCentroid;
            }
            query.CopyTo(residual);
            Kernels.Subtract(residual, index.Quantiser.Centroids[list]);
            estimator.Prepare(residual);
            return 0;
        }

        private void Scan(int list, float lacking, NearestHeap heap)
        {
            var end = index.starts[list + 1];
            for (var first = index.starts[list]; first < end; )
            {
                var run = index.codes.Run(first, Math.Min(Chunk, end - first));
                var distances = chunk.AsSpan(0, run);
                estimator.Distances(index.codes.Rows(first, run), distances);
                foreach (ref var distance in distances)
                    distance += lacking;
                DistanceFilter.Offer(distances, index.ids.AsSpan((int)first, run), heap);
                first += run;
            }
        }
    }
}
