using Expflow.Advice;
using Xunit;

namespace Expflow.Tests.Advice;

public sealed class ResourceRuleTests
{
    private const double MiB = 1 << 20;

    [Theory]
    [InlineData(10, "300M")]
    [InlineData(236, "300M")]
    [InlineData(237, "400M")]
    [InlineData(256, "400M")]
    [InlineData(800, "1000M")]
    [InlineData(801, "1100M")]
    [InlineData(3276, "4G")]
    [InlineData(3277, "5G")]
    [InlineData(100_000, "123G")]
    public void Memory_gets_a_quarter_on_top_and_is_rounded_up(double mebibytes, string next) =>
        Assert.Equal(next, Written(ResourceText.Memory, ResourceRule.Memory(Alike(mebibytes * MiB))));

    [Theory]
    [InlineData(1, "5m")]
    [InlineData(240, "5m")]
    [InlineData(241, "10m")]
    [InlineData(2879, "1h")]
    [InlineData(2881, "1h15m")]
    [InlineData(36_000, "13h")]
    [InlineData(80_000, "1d4h")]
    public void Time_leaves_room_for_the_warning_and_is_rounded_up(double seconds, string next) =>
        Assert.Equal(next, Written(ResourceText.Walltime, ResourceRule.Time(Alike(seconds))));

    [Theory]
    [InlineData(0.01, "1")]
    [InlineData(0.98, "1")]
    [InlineData(1.05, "2")]
    [InlineData(1.8, "2")]
    [InlineData(1.9, "3")]
    [InlineData(7.5, "10")]
    public void A_quarter_of_a_core_is_not_rounded_up(double cores, string next) =>
        Assert.Equal(next, Written(ResourceText.Cpus, ResourceRule.Cores(Alike(cores))));

    [Fact]
    public void The_most_that_was_seen_is_never_gone_below_however_rare_it_was()
    {
        // Of 40 runs, two took three times as much as the 95th percentile.
        var values = Enumerable.Repeat(1000 * MiB, 38).Append(3000 * MiB).Append(2999 * MiB);
        var evidence = new Evidence(Measured.Of(values), 3000 * MiB, 0, null);
        Assert.Equal(1000 * MiB, evidence.Measured!.P95);
        Assert.Equal("3100M", Written(ResourceText.Memory, ResourceRule.Memory(evidence)));
    }

    [Fact]
    public void Nothing_known_is_no_number()
    {
        var nothing = new Evidence(null, null, 0, null);
        Assert.Null(ResourceRule.Memory(nothing));
        Assert.Null(ResourceRule.Time(nothing));
        Assert.Null(ResourceRule.Cores(nothing));
        // What was held by an attempt that died early is no measure of a whole run.
        Assert.Null(ResourceRule.Memory(nothing with { Most = 1e9 }));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(19, 19)]
    [InlineData(20, 19)]
    [InlineData(100, 95)]
    [InlineData(101, 96)]
    public void The_95th_percentile_is_a_value_that_was_measured(int values, double p95) =>
        Assert.Equal(p95, Measured.Of(Enumerable.Range(1, values).Select(value => (double)value))!.P95);

    private static Evidence Alike(double value) => new(Measured.Of([value]), value, 0, null);

    private static string Written(string key, double? amount) => ResourceText.Write(key, amount!.Value);
}
