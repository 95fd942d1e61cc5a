using VectorQuantization.Neighbours;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>Another index's candidates, more than are asked for, ranked anew by their exact distances.</summary>
/// <param name="inner">Whose candidates.</param>
/// <param name="rows">The rows that were indexed, as they were; read where they lie, a candidate at a time.</param>
/// <param name="metric">What near means. Cosine takes rows of any length.</param>
/// <param name="factor">Candidates for each neighbour asked for, at least 1.</param>
public sealed class ReRanked(SearchIndex inner, VectorSet rows, Metric metric, int factor) : SearchIndex
{
    /// <inheritdoc />
    public override int Dimension => inner.Dimension;

    /// <inheritdoc />
    public override long Count => inner.Count;

    /// <summary>Those of the other index: the exact rows are not counted.</summary>
    public override long RowBytes => inner.RowBytes;

    /// <inheritdoc />
    public override Searcher CreateSearcher() => new ReRankingSearcher(inner.CreateSearcher(), rows, metric, factor);

    private sealed class ReRankingSearcher(Searcher inner, VectorSet rows, Metric metric, int factor) : Searcher
    {
        private readonly float[] row = new float[rows.Dimension];
        private readonly List<(double Distance, long Id)> ranked = [];
        private float[] roughDistances = [];
        private long[] candidates = [];

        public override int Batch => inner.Batch;

        public override void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids)
        {
            var count = ids.Length / k;
            var wide = (int)Math.Max(k, Math.Min((long)k * factor, rows.Count));
            if (candidates.Length < count * wide)
                (candidates, roughDistances) = (new long[count * wide], new float[count * wide]);
            inner.Search(queries, wide, roughDistances.AsSpan(0, count * wide), candidates.AsSpan(0, count * wide));
            for (var query = 0; query < count; query++)
                Rank(
                    queries.Slice(query * rows.Dimension, rows.Dimension),
                    candidates.AsSpan(query * wide, wide),
                    distances.Slice(query * k, k),
                    ids.Slice(query * k, k)
                );
        }

        private void Rank(ReadOnlySpan<float> query, Span<long> found, Span<float> distances, Span<long> ids)
        {
            // In the order in which the rows lie on the disk.
            found.Sort();
            ranked.Clear();
            foreach (var id in found)
            {
                if (id >= 0)
                    ranked.Add((ExactDistance.Between(metric, query, Row(id)), id));
            }
            ranked.Sort(
                static (a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : a.Id.CompareTo(b.Id)
            );
            for (var i = 0; i < ids.Length; i++)
                (distances[i], ids[i]) =
                    i < ranked.Count ? ((float)ranked[i].Distance, ranked[i].Id) : (float.PositiveInfinity, -1);
        }

        private ReadOnlySpan<float> Row(long id)
        {
            if (rows.TryGet(id, 1, out var there))
                return there;
            rows.Read(id, row);
            return row;
        }
    }
}
