using Expflow.Runs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Expflow.Tests.Runs;

public sealed class SubmissionIdTests
{
    [Fact]
    public void Ids_of_one_second_are_in_the_order_of_their_submissions()
    {
        var time = new FakeTimeProvider(new(2026, 11, 23, 10, 45, 30, TimeSpan.Zero));
        var random = new Random(1);
        var ids = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            ids.Add(SubmissionId.New(time, random).ToString());
            time.Advance(TimeSpan.FromMilliseconds(5));
        }
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.StartsWith("20261123-104530000-", ids[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData(null)]
    public void What_is_not_safe_as_a_file_name_is_none(string? text) =>
        Assert.False(SubmissionId.TryParse(text, out _));
}
