using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Neighbours;

namespace VectorQuantization.Search;

/// <summary>Shows a heap only those of many distances that can come in: sixteen are compared with its worst at once.</summary>
internal static class DistanceFilter
{
    /// <summary>Offers rows <paramref name="firstId"/>, <paramref name="firstId"/> + 1, ….</summary>
    public static void Offer(ReadOnlySpan<float> distances, long firstId, NearestHeap heap)
    {
        ref var start = ref MemoryMarshal.GetReference(distances);
        var i = 0;
        for (; i <= distances.Length - 16; i += 16)
        {
            for (var near = NotFarther(ref start, i, heap.Worst); near != 0; near &= near - 1)
            {
                var at = i + BitOperations.TrailingZeroCount(near);
                heap.Add(distances[at], firstId + at);
            }
        }
        for (; i < distances.Length; i++)
            heap.Add(distances[i], firstId + i);
    }

    /// <summary>Offers rows with these ids.</summary>
    public static void Offer(ReadOnlySpan<float> distances, ReadOnlySpan<int> ids, NearestHeap heap)
    {
        ref var start = ref MemoryMarshal.GetReference(distances);
        var i = 0;
        for (; i <= distances.Length - 16; i += 16)
        {
            for (var near = NotFarther(ref start, i, heap.Worst); near != 0; near &= near - 1)
            {
                var at = i + BitOperations.TrailingZeroCount(near);
                heap.Add(distances[at], ids[at]);
            }
        }
        for (; i < distances.Length; i++)
            heap.Add(distances[i], ids[i]);
    }

    private static ulong NotFarther(ref float start, int at, float worst) =>
        Vector512
            .LessThanOrEqual(Vector512.LoadUnsafe(ref start, (nuint)at), Vector512.Create(worst))
            .ExtractMostSignificantBits();
}
