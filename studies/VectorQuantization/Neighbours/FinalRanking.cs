using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>The last step of an exact search: the distances of what is left in double precision, and the order.</summary>
internal sealed class FinalRanking(QueryBlock queries, CandidateLists candidates, VectorSet source, int threads)
{
    private const int RowsTogether = 1024;

    /// <summary>Sorts, nearest first, ties to the lower row.</summary>
    /// <param name="k">Neighbours a query.</param>
    /// <param name="ids">k a query; −1 where there are fewer.</param>
    /// <param name="distances">Beside them; +∞ where there are fewer.</param>
    /// <param name="stop">Ends it early.</param>
    public void Write(int k, Memory<long> ids, Memory<double> distances, CancellationToken stop)
    {
        RowBlocks.ForEach(
            queries.Count,
            64,
            threads,
            (_, first, count) =>
            {
                for (var query = (int)first; query < first + count; query++)
                    candidates.Prune(query);
            },
            stop
        );
        Sharpen(stop);
        RowBlocks.ForEach(
            queries.Count,
            64,
            threads,
            (_, first, count) =>
            {
                for (var query = (int)first; query < first + count; query++)
                    Order(query, ids.Span.Slice(query * k, k), distances.Span.Slice(query * k, k));
            },
            stop
        );
    }

    private void Order(int query, Span<long> ids, Span<double> distances)
    {
        var list = candidates.Of(query);
        list.Sort(Candidate.Compare);
        ids.Fill(-1);
        distances.Fill(double.PositiveInfinity);
        for (var i = 0; i < Math.Min(ids.Length, list.Length); i++)
            (ids[i], distances[i]) = (list[i].Row, list[i].Low);
    }

    // In the order of the base, so that each of its rows is read once, and forward.
    private void Sharpen(CancellationToken stop)
    {
        var (places, ends) = ByRows();
        RowBlocks.ForEach(
            ends.Length,
            1,
            threads,
            (block, _, _) =>
            {
                var start = block == 0 ? 0 : ends[block - 1];
                Sharpen(places.AsSpan(start, ends[block] - start));
            },
            stop
        );
    }

    private void Sharpen(Span<int> places)
    {
        places.Sort((left, right) => candidates.At(left).Row.CompareTo(candidates.At(right).Row));
        var row = new float[source.Dimension];
        var current = -1L;
        foreach (var place in places)
        {
            ref var candidate = ref candidates.At(place);
            if (candidate.Row != current)
                source.Read(current = candidate.Row, row);
            candidate.Sharpen(queries.DistanceTo(place / candidates.Capacity, row));
        }
    }

    // The places of all candidates whose distances are not exact yet, those of the same thousand rows together.
    private (int[] Places, int[] Ends) ByRows()
    {
        var ends = new int[RowBlocks.Count(source.Count, RowsTogether)];
        ForEach((_, row) => ends[row / RowsTogether]++);
        var total = 0;
        for (var block = 0; block < ends.Length; block++)
            (ends[block], total) = (total, total + ends[block]);
        var places = new int[total];
        ForEach((place, row) => places[ends[row / RowsTogether]++] = place);
        return (places, ends);
    }

    private void ForEach(Action<int, long> act)
    {
        for (var query = 0; query < queries.Count; query++)
        {
            var list = candidates.Of(query);
            for (var i = 0; i < list.Length; i++)
                if (!list[i].IsExact)
                    act((query * candidates.Capacity) + i, list[i].Row);
        }
    }
}
