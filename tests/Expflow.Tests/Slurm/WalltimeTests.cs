using CsCheck;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class WalltimeTests
{
    [Theory]
    [InlineData("8h", "08:00:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("90 min", "01:30:00")]
    [InlineData("45s", "00:00:45")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("2d12h", "2-12:00:00")]
    [InlineData("1 week", "7-00:00:00")]
    [InlineData("30", "00:30:00")]
    [InlineData("30:15", "00:30:15")]
    [InlineData("08:00:00", "08:00:00")]
    [InlineData("100:00:00", "4-04:00:00")]
    [InlineData("2-00", "2-00:00:00")]
    [InlineData("2-03:04", "2-03:04:00")]
    [InlineData("2-00:00:00", "2-00:00:00")]
    [InlineData("0.2s", "00:00:01")]
    public void A_walltime_is_read_as_people_and_Slurm_write_it(string text, string slurm)
    {
        Assert.True(Walltime.TryParse(text, out var walltime));
        Assert.Equal(slurm, walltime.Value.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00:00:00")]
    [InlineData("-5")]
    [InlineData("8 hours later")]
    [InlineData("1m1h")]
    [InlineData("00:60:00")]
    [InlineData("1-24:00:00")]
    [InlineData("1:2:3:4")]
    [InlineData("8x")]
    [InlineData("UNLIMITED")]
    [InlineData("99999999999999999999")]
    [InlineData("11000d")]
    public void Anything_else_is_none(string? text) => Assert.False(Walltime.TryParse(text, out _));

    [Fact]
    public void What_it_writes_it_reads() =>
        Gen.Int[1, 315_360_000]
            .Sample(seconds =>
            {
                var walltime = Walltime.From(TimeSpan.FromSeconds(seconds));
                return Walltime.TryParse(walltime.ToString(), out var read) && read == walltime;
            });
}
