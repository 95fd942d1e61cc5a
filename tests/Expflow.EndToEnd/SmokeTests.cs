using Xunit;

namespace Expflow.EndToEnd;

public sealed class SmokeTests
{
    [Fact]
    public void It_builds() => Assert.True(true);
}
