using VectorQuantization.Search;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class CodeSetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Codes_lie_in_blocks_and_read_back_as_rows_across_them()
    {
        // 4,000 bytes a code make blocks of 4,096 codes.
        var rows = SomeRows.Whole(4100, 4000, 100, seed: 3);
        var rounding = new RoundingQuantiser(4000);

        var codes = CodeSet.Encode(rounding, rows, threads: 2, Stop);

        Assert.Equal(4096, codes.BlockRows);
        Assert.Equal(4, codes.Run(4096, 100));
        var read = new float[4000 * 6];
        new DecodedVectors(rounding, codes, "decoded").Read(4093, read);
        Assert.Equal(rows.Values.Slice(4093 * 4000, 6 * 4000), read);
    }

    [Fact]
    public void Encoding_ends_when_asked_to() =>
        Assert.Throws<OperationCanceledException>(() =>
            CodeSet.Encode(
                new RoundingQuantiser(2),
                SomeRows.Whole(10, 2, 1, seed: 1),
                threads: 1,
                new CancellationToken(canceled: true)
            )
        );
}
