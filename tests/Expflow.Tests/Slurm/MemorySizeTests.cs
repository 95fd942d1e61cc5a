using CsCheck;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("96G", "96G", 98304)]
    [InlineData("96GB", "96G", 98304)]
    [InlineData("96 GiB", "96G", 98304)]
    [InlineData("98304M", "96G", 98304)]
    [InlineData("98304", "96G", 98304)]
    [InlineData("1.5T", "1536G", 1572864)]
    [InlineData("1.5g", "1536M", 1536)]
    [InlineData("100B", "100B", 1)]
    [InlineData("1K", "1K", 1)]
    public void A_size_is_read_as_people_and_Slurm_write_it(string text, string written, long mebibytes)
    {
        Assert.True(MemorySize.TryParse(text, out var size));
        Assert.Equal((written, mebibytes), (size.Value.ToString(), size.Value.Mebibytes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1G")]
    [InlineData("G")]
    [InlineData("1X")]
    [InlineData("1.2.3G")]
    [InlineData("99999999T")]
    public void Anything_else_is_none(string? text) => Assert.False(MemorySize.TryParse(text, out _));

    [Fact]
    public void What_it_writes_it_reads() =>
        Gen.Long[1, 1L << 50]
            .Sample(bytes =>
            {
                var size = MemorySize.FromBytes(bytes);
                return MemorySize.TryParse(size.ToString(), out var read) && read == size;
            });
}
