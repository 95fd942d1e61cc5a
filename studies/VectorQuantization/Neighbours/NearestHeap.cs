using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        if (Before(distance, id, distances[0], ids[0]))
            Place(distance, id, ids.Length);
    }

    /// <summary>Sorts what is kept, nearest first, and marks room that was left with id −1. It is no heap after that.</summary>
    public void Finish()
    {
        for (var last = ids.Length - 1; last > 0; last--)
        {
            var (distance, id) = (distances[last], ids[last]);
            (distances[last], ids[last]) = (distances[0], ids[0]);
            Place(distance, id, last);
        }
        ids.Replace(long.MaxValue, -1);
    }

    // Puts it in the place of the farthest of the first 'length', or as far below that as it belongs. Which of two children is
    // farther can't be foretold by the processor, so that it is added rather than branched on.
    private void Place(float distance, long id, int length)
    {
        ref var d = ref MemoryMarshal.GetReference(distances);
        ref var names = ref MemoryMarshal.GetReference(ids);
        nint hole = 0;
        for (nint child = 1; child < length; child = (2 * hole) + 1)
        {
            if (child + 1 < length)
            {
                var (left, right) = (Unsafe.Add(ref d, child), Unsafe.Add(ref d, child + 1));
                var farther =
                    (left < right)
                    | ((left == right) & (Unsafe.Add(ref names, child) < Unsafe.Add(ref names, child + 1)));
                child += Unsafe.BitCast<bool, byte>(farther);
            }
            var (below, name) = (Unsafe.Add(ref d, child), Unsafe.Add(ref names, child));
            if (!Before(distance, id, below, name))
                break;
            Unsafe.Add(ref d, hole) = below;
            Unsafe.Add(ref names, hole) = name;
            hole = child;
        }
        Unsafe.Add(ref d, hole) = distance;
        Unsafe.Add(ref names, hole) = id;
    }

    private static bool Before(float distance, long id, float otherDistance, long otherId) =>
        distance < otherDistance || (distance == otherDistance && id < otherId);
}
