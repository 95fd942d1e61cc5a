namespace VectorQuantization.Neighbours;

/// <summary>Keeps the k nearest of the candidates that it is shown, ties to the lower id: a max-heap over (distance, id).</summary>
/// <remarks>Works on the caller's arrays; what comes out does not depend on the order of what goes in.</remarks>
public readonly ref struct NearestHeap
{
    private readonly Span<float> distances;
    private readonly Span<long> ids;

    /// <summary>An empty heap in this space; both spans are k long and are overwritten.</summary>
    public NearestHeap(Span<float> distances, Span<long> ids)
    {
        this.distances = distances;
        this.ids = ids;
        distances.Fill(float.PositiveInfinity);
        ids.Fill(long.MaxValue);
    }

    private NearestHeap(Span<float> distances, Span<long> ids, bool _)
    {
        this.distances = distances;
        this.ids = ids;
    }

    /// <summary>A heap that already stands in this space.</summary>
    public static NearestHeap Over(Span<float> distances, Span<long> ids) => new(distances, ids, true);

    /// <summary>Only what is not farther than this can come in: the farthest kept, +∞ while there is room.</summary>
    public float Worst => distances[0];

    /// <summary>Offers a candidate.</summary>
    public void Add(float distance, long id)
    {
        if (!Before(distance, id, distances[0], ids[0]))
            return;
        var hole = 0;
        while (true)
        {
            var child = (2 * hole) + 1;
            if (child >= ids.Length)
                break;
            if (child + 1 < ids.Length && Before(distances[child], ids[child], distances[child + 1], ids[child + 1]))
                child++;
            if (!Before(distance, id, distances[child], ids[child]))
                break;
            distances[hole] = distances[child];
            ids[hole] = ids[child];
            hole = child;
        }
        distances[hole] = distance;
        ids[hole] = id;
    }

    /// <summary>Sorts what is kept, nearest first, and marks room that was left with id −1. It is no heap after that.</summary>
    public void Finish()
    {
        var order = new (float Distance, long Id)[ids.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = (distances[i], ids[i]);
        Array.Sort(order);
        for (var i = 0; i < order.Length; i++)
            (distances[i], ids[i]) = (order[i].Distance, order[i].Id == long.MaxValue ? -1 : order[i].Id);
    }

    private static bool Before(float distance, long id, float otherDistance, long otherId) =>
        distance < otherDistance || (distance == otherDistance && id < otherId);
}
