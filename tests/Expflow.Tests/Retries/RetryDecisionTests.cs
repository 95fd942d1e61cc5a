using CsCheck;
using Expflow.Experiments;
using Expflow.Retries;
using Xunit;

namespace Expflow.Tests.Retries;

public sealed class RetryDecisionTests
{
    private const long GiB = 1L << 30;

    private static readonly string[] Causes =
    [
        "out_of_memory",
        "timed_out",
        "node_failed",
        "gpu_out_of_memory",
        "preempted",
        "failed",
    ];

    private static readonly FailedAttempt OutOfMemory = new()
    {
        Cause = "out_of_memory",
        Reason = "out of memory",
        Asked = new() { Memory = 4 * GiB, Cpus = 2 },
        PeakMemory = 4 * GiB,
    };

    private static readonly FailedAttempt TimedOut = new()
    {
        Cause = "timed_out",
        Reason = "reached its walltime of 08:00:00",
        Asked = new() { Walltime = TimeSpan.FromHours(8) },
    };

    /// <summary>Memory asked for, measured (both in GiB), the rule's factor, the most there is; what the next attempt asks for.</summary>
    [Theory]
    [InlineData(4.0, 4, 2, 100, 8)]
    [InlineData(4.0, 4, 1, 100, 5.5)]
    [InlineData(4.0, 10, 1, 100, 13)]
    [InlineData(4.0, 4, 16, 10, 10)]
    [InlineData(null, 10, 2, 100, 13)]
    public void Memory_grows_by_the_factor_or_over_what_was_measured(
        double? asked,
        double peak,
        double factor,
        double most,
        double next
    )
    {
        var attempt = OutOfMemory with
        {
            Asked = new() { Memory = (long?)(asked * GiB) },
            PeakMemory = (long)(peak * GiB),
        };
        var again = Again(
            RetryDecision.For(
                attempt,
                new() { OutOfMemory = new(2, factor) },
                new() { MemoryPerNode = (long)(most * GiB) }
            )
        );

        Assert.Equal(next, again.Resources.Memory / (double)GiB);
    }

    [Fact]
    public void Memory_takes_more_cpus_where_the_site_ties_them_together()
    {
        var limits = new RetryLimits { MemoryPerCpu = 2 * GiB, Cpus = 16 };

        var again = Again(RetryDecision.For(OutOfMemory, RetryPolicy.Recovering, limits));

        Assert.Equal(8 * GiB, again.Resources.Memory);
        Assert.Equal(4, again.Resources.Cpus);
        Assert.Equal(
            "try 2 of 3 after: out of memory, with 8G of memory, with 4 CPUs, which that much memory takes",
            again.Words
        );
    }

    public static TheoryData<FailedAttempt, RetryPolicy, RetryLimits, string> LeftOnes =>
        new()
        {
            {
                OutOfMemory,
                RetryPolicy.Never,
                RetryLimits.Unknown,
                "'retry' doesn't name out_of_memory: 'retry: {out_of_memory: {times: 1}}' in the file has it tried again"
            },
            {
                OutOfMemory with
                {
                    Tries = 2,
                },
                RetryPolicy.Recovering,
                RetryLimits.Unknown,
                "it was tried again 2 times after out_of_memory, and 'retry' allows 2 times"
            },
            {
                OutOfMemory,
                new() { OutOfMemory = new(0) },
                RetryLimits.Unknown,
                "'retry' says that out_of_memory is never tried again"
            },
            {
                OutOfMemory with
                {
                    PeakMemory = null,
                },
                RetryPolicy.Recovering,
                new() { MemoryPerNode = 4 * GiB },
                "it had 4G, and 4G is the most that it can be given"
            },
            {
                OutOfMemory,
                RetryPolicy.Recovering,
                new() { MemoryPerNode = 4 * GiB },
                "it held 4G, and 4G is the most that it can be given"
            },
            {
                OutOfMemory with
                {
                    Asked = new(),
                    PeakMemory = null,
                },
                RetryPolicy.Recovering,
                RetryLimits.Unknown,
                "it asked for no amount of memory and nobody measured how much it held: say how much in 'memory'"
            },
            {
                TimedOut,
                RetryPolicy.Recovering,
                RetryLimits.Unknown,
                "it saved no checkpoint in EXPFLOW_CHECKPOINTS, so it would begin again from the start: 'retry: {timed_out: {walltime: x2}}' does so with more time"
            },
            {
                TimedOut,
                new() { TimedOut = new(1) },
                RetryLimits.Unknown,
                "it saved no checkpoint, and 'retry' gives it no more time: give 'walltime: x2' with timed_out"
            },
            {
                TimedOut,
                new() { TimedOut = new(1, 1, 2) },
                new() { Walltime = TimeSpan.FromHours(8) },
                "it had 08:00:00, and 08:00:00 is the longest that it can be given"
            },
            {
                TimedOut with
                {
                    Cause = "missing_code",
                },
                RetryPolicy.Recovering,
                RetryLimits.Unknown,
                "another try would miss the same"
            },
            {
                TimedOut with
                {
                    Cause = "cancelled_by_admin",
                },
                RetryPolicy.Recovering,
                RetryLimits.Unknown,
                "the site cancelled it, for a reason that only the site knows: 'expflow recover --all' runs it again"
            },
        };

    [Theory]
    [MemberData(nameof(LeftOnes))]
    public void What_is_not_tried_again_says_why(
        FailedAttempt attempt,
        RetryPolicy policy,
        RetryLimits limits,
        string why
    ) => Assert.Equal(new RetryAnswer.Left(why), RetryDecision.For(attempt, policy, limits));

    [Fact]
    public void From_a_checkpoint_the_longest_walltime_is_good_enough()
    {
        var limits = new RetryLimits { Walltime = TimeSpan.FromHours(8) };

        var again = Again(RetryDecision.For(TimedOut with { HasSaved = true }, RetryPolicy.Recovering, limits));

        Assert.Equal(TimeSpan.FromHours(8), again.Resources.Walltime);
    }

    [Theory]
    [InlineData("node_failed", 4, "n2 n7")]
    [InlineData("gpu_failed", null, "n2 n7")]
    [InlineData("node_failed", 2, "n2")]
    [InlineData("preempted", 4, "n2")]
    public void A_bad_node_is_left_out_as_long_as_another_is_left(string cause, int? nodes, string exclude)
    {
        var attempt = new FailedAttempt
        {
            Cause = cause,
            Reason = cause,
            Node = "n7",
            Asked = new() { Exclude = ["n2"] },
        };

        var again = Again(RetryDecision.For(attempt, RetryPolicy.Recovering, new() { Nodes = nodes }));

        Assert.Equal(exclude, string.Join(' ', again.Resources.Exclude));
    }

    [Fact]
    public void Tries_end_and_nothing_shrinks_or_goes_beyond_its_limit() =>
        Gen.Select(
                Gen.Int[0, 5].Select(i => Causes[i]),
                Gen.Int[1, 200],
                Gen.Int[1, 400],
                Gen.Int[1, 300],
                Gen.Double[1, 16],
                Gen.Bool
            )
            .Sample(
                (cause, asked, peak, most, factor, saved) =>
                {
                    var rule = new RetryRule(4, factor, factor);
                    var policy = new RetryPolicy
                    {
                        OutOfMemory = rule,
                        TimedOut = rule,
                        GpuOutOfMemory = rule,
                        Failed = rule,
                    }.Or(RetryPolicy.Recovering);
                    var limits = new RetryLimits
                    {
                        MemoryPerNode = most * GiB,
                        MemoryPerCpu = 3 * GiB,
                        Cpus = 64,
                        Walltime = TimeSpan.FromHours(most),
                        Nodes = 3,
                    };
                    var attempt = new FailedAttempt
                    {
                        Cause = cause,
                        Reason = cause,
                        Asked = new()
                        {
                            Memory = Math.Min(asked, most) * GiB,
                            Walltime = TimeSpan.FromHours(Math.Min(asked, most)),
                        },
                        PeakMemory = peak * GiB,
                        HasSaved = saved,
                    };
                    var tries = 0;
                    while (RetryDecision.For(attempt, policy, limits) is RetryAnswer.Again again)
                    {
                        Assert.True(++tries <= 4);
                        Assert.InRange(again.Resources.Memory!.Value, attempt.Asked.Memory!.Value, most * GiB);
                        Assert.InRange(
                            again.Resources.Walltime!.Value,
                            attempt.Asked.Walltime!.Value,
                            TimeSpan.FromHours(most)
                        );
                        Assert.True(again.Resources.Cpus is null or <= 64);
                        attempt = attempt with { Asked = again.Resources, Tries = again.Tries, Node = $"n{tries}" };
                    }
                }
            );

    private static RetryAnswer.Again Again(RetryAnswer answer) => Assert.IsType<RetryAnswer.Again>(answer);
}
