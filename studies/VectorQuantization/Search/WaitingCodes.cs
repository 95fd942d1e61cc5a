using System.Numerics;
using VectorQuantization.Neighbours;
using VectorQuantization.Quantisers;

namespace VectorQuantization.Search;

/// <summary>Codes that may count, kept until there are enough of them to be worth a call of the estimator.</summary>
internal sealed class WaitingCodes(DistanceEstimator estimator, int codeBytes)
{
    // While they wait, the worst that counts gets no better: a few more than this wait in vain.
    private const int Enough = 32;
    private const int Room = Enough + TransposedCodes.BlockCodes;

    private readonly byte[] codes = new byte[Room * codeBytes];
    private readonly long[] ids = new long[Room];
    private readonly float[] distances = new float[Room];
    private int count;

    /// <summary>Takes codes of a block; looks at all that wait when they are enough.</summary>
    /// <param name="block">The block.</param>
    /// <param name="firstId">The id of its first code.</param>
    /// <param name="end">Ids end before this: codes beyond only fill up the last block.</param>
    /// <param name="even">Bit i tells of code 2i.</param>
    /// <param name="odd">Bit i tells of code 2i + 1.</param>
    /// <param name="heap">Where those go that count.</param>
    public void Take(ReadOnlySpan<byte> block, long firstId, long end, uint even, uint odd, NearestHeap heap)
    {
        Gather(block, firstId, end, even, 0);
        Gather(block, firstId, end, odd, 1);
        if (count >= Enough)
            Flush(heap);
    }

    /// <summary>Looks at all that wait.</summary>
    public void Flush(NearestHeap heap)
    {
        var near = distances.AsSpan(0, count);
        estimator.Distances(codes.AsSpan(0, count * codeBytes), near);
        for (var i = 0; i < near.Length; i++)
            heap.Add(near[i], ids[i]);
        count = 0;
    }

    private void Gather(ReadOnlySpan<byte> block, long firstId, long end, uint near, int odd)
    {
        for (; near != 0; near &= near - 1)
        {
            var code = (2 * BitOperations.TrailingZeroCount(near)) + odd;
            if (firstId + code >= end)
                continue;
            TransposedCodes.CopyCode(block, code, codes.AsSpan(count * codeBytes, codeBytes));
            ids[count++] = firstId + code;
        }
    }
}
