using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.Product;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Product;

public sealed class PackedIndicesTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 16)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void What_is_packed_comes_out_again(int bits)
    {
        var random = new RandomSequence((ulong)bits);
        for (var count = 1; count <= 19; count++)
        {
            ushort[] indices = [.. Enumerable.Range(0, count).Select(_ => (ushort)random.NextBelow(1 << bits))];
            var packed = new byte[PackedIndices.Bytes(count, bits)];
            var again = new ushort[count];

            PackedIndices.Pack(indices, bits, packed);
            PackedIndices.Unpack(packed, bits, again);

            Assert.Equal(indices, again);
            Assert.Equal((int)Math.Ceiling(count * bits / 8.0), packed.Length);
        }
    }

    // FAISS 1.7.3: ProductQuantizer.compute_codes with the centroids 0, 1, 2, … of one coordinate each.
    [Theory]
    [InlineData(4, new ushort[] { 1, 2, 15 }, new byte[] { 0x21, 0x0f })]
    [InlineData(6, new ushort[] { 1, 2, 3, 63 }, new byte[] { 0x81, 0x30, 0xfc })]
    [InlineData(12, new ushort[] { 0x123, 0xabc }, new byte[] { 0x23, 0xc1, 0xab })]
    public void The_first_index_takes_the_lowest_bits(int bits, ushort[] indices, byte[] expected)
    {
        var packed = new byte[expected.Length];

        PackedIndices.Pack(indices, bits, packed);

        Assert.Equal(expected, packed);
    }
}
