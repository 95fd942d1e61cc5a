using VectorQuantization.Quantisers.Product;
using VectorQuantization.Search;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class FastScanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8, 2, 4, Metric.L2)]
    [InlineData(8, 2, 4, Metric.InnerProduct)]
    [InlineData(9, 3, 4, Metric.L2)]
    [InlineData(98, 1, 4, Metric.L2)]
    [InlineData(98, 1, 4, Metric.InnerProduct)]
    [InlineData(8, 2, 8, Metric.L2)]
    [InlineData(9, 2, 8, Metric.InnerProduct)]
    [InlineData(98, 1, 8, Metric.L2)]
    public void What_is_found_is_what_the_plain_scan_finds(int parts, int partDimension, int bits, Metric metric)
    {
        var d = parts * partDimension;
        var quantiser = SomeRows.ProductOf(d, parts, bits);
        Assert.SkipUnless(FastScan.Knows(quantiser, metric), "This machine has no AVX-512 VBMI.");
        var codes = CodeSet.Encode(quantiser, SomeRows.Clustered(5003, d, 20, seed: 1), 2, Stop);
        var queries = SomeRows.Clustered(37, d, 20, seed: 2).ToArray();

        var plain = new FlatScan(quantiser, codes, metric).Search(queries, 20, 2, Stop);
        var fast = new FastScan(quantiser, codes, metric).Search(queries, 20, 2, Stop);

        Assert.Equal(plain.Ids, fast.Ids);
        Assert.Equal(plain.Distances, fast.Distances);
    }

    [Fact]
    public void Codes_of_turned_rows_are_known_and_found_alike()
    {
        // A reflection at the plane that is normal to (1, …, 1): orthogonal, and no coordinate stays its own.
        var rotation = new float[16 * 16];
        for (var i = 0; i < rotation.Length; i++)
            rotation[i] = (i % 17 == 0 ? 1 : 0) - (2f / 16);
        using var quantiser = new RotatedQuantiser(rotation, SomeRows.ProductOf(16, 8, bits: 4));
        var codes = CodeSet.Encode(quantiser, SomeRows.Clustered(1000, 16, 20, seed: 1), 2, Stop);
        var queries = SomeRows.Clustered(5, 16, 20, seed: 2).ToArray();

        var fast = new FastScan(quantiser, codes, Metric.L2);
        var plain = new FlatScan(quantiser, codes, Metric.L2);
        Assert.Equal(plain.Search(queries, 20, 1, Stop).Ids, fast.Search(queries, 20, 1, Stop).Ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(65)]
    public void Codes_that_fill_up_the_last_block_are_never_found(int count)
    {
        var quantiser = SomeRows.ProductOf(16, 8, bits: 4);
        var codes = CodeSet.Encode(quantiser, SomeRows.Clustered(count, 16, 20, seed: 1), 1, Stop);

        var found = new FastScan(quantiser, codes, Metric.L2).Search(new float[16], 100, 1, Stop);

        Assert.Equal(Enumerable.Range(0, count).Select(id => (long)id), found.IdsOf(0)[..count].ToArray().Order());
        Assert.All(found.IdsOf(0)[count..].ToArray(), id => Assert.Equal(-1, id));
    }

    [Fact]
    public void Tables_without_any_difference_find_the_first_rows()
    {
        var same = new ProductQuantiser(4, 2, 4, new float[4 * 16]);
        var scan = new FastScan(same, new CodeSet(same.CodeBytes, 200), Metric.L2);

        Assert.Equal([0L, 1, 2], scan.Search(new float[] { 1, 2, 3, 4 }, 3, 1, Stop).IdsOf(0));
    }

    [Fact]
    public void Tables_of_4_bits_are_known_on_every_machine()
    {
        Assert.True(FastScan.Knows(SomeRows.ProductOf(16, 8, bits: 4), Metric.L2));
        Assert.False(FastScan.Knows(SomeRows.ProductOf(16, 8, bits: 5), Metric.L2));
        Assert.False(FastScan.Knows(new RoundingQuantiser(4), Metric.L2));
    }
}
