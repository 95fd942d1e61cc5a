using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

public sealed class CellHashTests
{
    // printf '1:m2:16' | sha256sum
    [Fact]
    public void It_is_the_same_on_every_machine_and_day() =>
        Assert.Equal("b163fd7a0fc3e1a110d0463693e4eaf3", CellHash.Of([("m", "16")]));

    [Fact]
    public void No_two_lists_run_into_one_another()
    {
        Assert.NotEqual(CellHash.Of([("m", "16"), ("b", "8")]), CellHash.Of([("m", "161:b1:8")]));
        Assert.NotEqual(CellHash.Of([("m", "16")]), CellHash.Of([("m1", "6")]));
    }
}
