using VectorQuantization.Numerics;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Vectors;

public sealed class FingerprintTests
{
    private static readonly MemoryVectors Rows = new("rows", Values(), 3);

    // Made with numpy 1.24 and hashlib: SHA-256 of (n, d as int64) and of each block's SHA-256 cut to 16 bytes; cut to 16 bytes.
    [Fact]
    public void It_is_the_documented_hash() =>
        Assert.Equal(
            "404acdd98fd6a6b13243b2a37c7cf605",
            Of(new MemoryVectors("x", [.. Enumerable.Range(0, 3 * 2050).Select(i => (float)i)], 3), 2)
        );

    [Fact]
    public void It_goes_by_content_alone()
    {
        var copy = new MemoryVectors("another name", Values(), 3);

        Assert.Equal(Of(Rows, 1), Of(copy, 4));
        Assert.Equal(Of(Rows, 1), Of(new UnitVectors(copy), 1));
    }

    [Fact]
    public void One_bit_one_row_or_another_shape_changes_it()
    {
        var bit = Values();
        bit[^1] = MathF.BitIncrement(bit[^1]);
        string[] all =
        [
            Of(Rows, 1),
            Of(new MemoryVectors("bit", bit, 3), 1),
            Of(new VectorRange(Rows, 0, Rows.Count - 1), 1),
            Of(new MemoryVectors("wide", Values(), 6), 1),
        ];

        Assert.Distinct(all);
    }

    [Fact]
    public void Parts_make_the_fingerprint_of_the_whole()
    {
        var first = Blocks(Rows, 0, 2048, 1);
        var rest = Blocks(Rows, 2048, Rows.Count - 2048, 1);

        Assert.Equal(Of(Rows, 1), Fingerprint.OfBlocks(Rows.Count, 3, [.. first, .. rest]));
    }

    private static string Of(VectorSet set, int threads) =>
        Fingerprint.Of(set, threads, TestContext.Current.CancellationToken);

    private static byte[] Blocks(VectorSet set, long first, long count, int threads) =>
        Fingerprint.Blocks(set, first, count, threads, TestContext.Current.CancellationToken);

    private static float[] Values()
    {
        var random = new RandomSequence(1);
        return [.. Enumerable.Range(0, 3 * 5000).Select(_ => (float)random.NextGaussian())];
    }
}
