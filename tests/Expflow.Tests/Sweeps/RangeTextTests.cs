using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Sweeps;

public sealed class RangeTextTests
{
    [Theory]
    [InlineData("0..4", "0 1 2 3 4")]
    [InlineData("3..3", "3")]
    [InlineData("-1..1", "-1 0 1")]
    [InlineData("0..10 step 2", "0 2 4 6 8 10")]
    [InlineData("0..9 step 4", "0 4 8")]
    [InlineData("4..0 step -2", "4 2 0")]
    [InlineData("0.1..0.5 step 0.1", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("1e-3..3e-3 step 1e-3", "0.001 0.002 0.003")]
    public void A_range_has_both_ends(string text, string values)
    {
        Assert.True(RangeText.IsRange(text));
        Assert.True(RangeText.TryRead(text, out var read, out _));
        Assert.Equal(values, string.Join(' ', read));
    }

    [Theory]
    [InlineData("0.1..0.5", "'0.1..0.5' has no step. Write '0.1..0.5 step 0.1', or the values in a list.")]
    [InlineData("0..4 step 0", "'0..4 step 0' has a step of 0. Give it another.")]
    [InlineData("4..0", "'4..0' goes the wrong way: from 4 by 1 never reaches 0. Write '4..0 step -1'.")]
    [InlineData(
        "0..100000000",
        "'0..100000000' has 100000001 values; at most 10000000 are possible. Give it a larger step."
    )]
    [InlineData("0..4 by 2", "'0..4 by 2' is no range. Ranges are written 0..4, 0..10 step 2, or 0.1..0.5 step 0.1.")]
    public void A_bad_range_says_what_is_wrong(string text, string wrong)
    {
        Assert.True(RangeText.IsRange(text));
        Assert.False(RangeText.TryRead(text, out _, out var why));
        Assert.Equal(wrong, why);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("../data")]
    [InlineData("1..")]
    [InlineData("1.5")]
    [InlineData("v1..2")]
    public void Other_texts_are_no_ranges(string text)
    {
        Assert.False(RangeText.IsRange(text));
    }
}
