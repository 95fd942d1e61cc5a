using CsCheck;
using VectorQuantization.Neighbours;
using Xunit;

namespace VectorQuantization.Tests.Neighbours;

public sealed class NearestHeapTests
{
    [Fact]
    public void The_nearest_are_kept_in_order_and_ties_go_to_the_lower_id() =>
        Gen.Select(Gen.Int[0, 9].Array[0, 40], Gen.Int[1, 12], Gen.Int)
            .Sample(
                (values, k, seed) =>
                {
                    var candidates = values.Select((value, id) => (Distance: (float)value, Id: (long)id)).ToArray();
                    var expected = candidates.Order().Take(k).ToArray();
                    new Random(seed).Shuffle(candidates);
                    var distances = new float[k];
                    var ids = new long[k];

                    var heap = new NearestHeap(distances, ids);
                    foreach (var (distance, id) in candidates)
                        heap.Add(distance, id);
                    heap.Finish();

                    Assert.Equal(expected.Select(pair => pair.Id), ids.Where(id => id >= 0));
                    Assert.Equal(expected.Select(pair => pair.Distance), distances.Where(float.IsFinite));
                }
            );
}
