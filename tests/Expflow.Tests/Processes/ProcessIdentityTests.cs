using Expflow.Processes;
using Xunit;

namespace Expflow.Tests.Processes;

public sealed class ProcessIdentityTests
{
    private static readonly ProcessIdentity Own = ProcessIdentity.Of(Environment.ProcessId)!;

    [Fact]
    public void Its_text_reads_back_as_the_same()
    {
        Assert.True(ProcessIdentity.TryParse(Own.ToString(), out var read));
        Assert.Equal(Own, read);
        Assert.True(read!.IsAlive);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12-34")]
    [InlineData("12-34-")]
    [InlineData("-12-34-boot")]
    [InlineData("12-x-boot")]
    [InlineData("99999999999-34-boot")]
    public void What_is_not_an_identity_is_not_read(string? text) =>
        Assert.False(ProcessIdentity.TryParse(text, out _));

    [Fact]
    public void A_later_process_with_the_same_pid_is_another()
    {
        Assert.False((Own with { StartTicks = Own.StartTicks - 1 }).IsAlive);
        Assert.False((Own with { BootId = "another boot" }).IsAlive);
        // SIGKILL, were it sent, would end this test's own process.
        Assert.False((Own with { StartTicks = Own.StartTicks - 1 }).Signal(9));
        Assert.True((Own with { BootId = "another boot" }).WaitForEnd(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void One_that_lives_outlasts_a_limit() => Assert.False(Own.WaitForEnd(TimeSpan.FromMilliseconds(1)));

    [Theory]
    [InlineData("7 (sleep) S 3 7 5 0 -1 0 1 0 0 0 11 4 0 0 20 0 1 0 999 4096 22 0", false, 3, 5, 15, 999, 22)]
    [InlineData("7 (a) b (c) Z 3 7 5 0 -1 0 1 0 0 0 11 4 0 0 20 0 1 0 999 4096 22 0", true, 3, 5, 15, 999, 22)]
    public void A_stat_line_is_read_whatever_the_name(
        string line,
        bool ended,
        int parent,
        int session,
        long ticks,
        long start,
        long pages
    ) => Assert.Equal(new ProcStat(ended, false, parent, session, ticks, start, pages), ProcStat.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("7 (sleep)")]
    [InlineData("7 (sleep) S 3")]
    public void A_torn_stat_line_is_no_process(string line) => Assert.Null(ProcStat.Parse(line));
}
