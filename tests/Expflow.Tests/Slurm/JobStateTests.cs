using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class JobStateTests
{
    [Theory]
    [InlineData("PENDING", JobStateKind.Pending, true)]
    [InlineData("PD", JobStateKind.Pending, true)]
    [InlineData("RUNNING", JobStateKind.Running, true)]
    [InlineData("COMPLETING", JobStateKind.Completing, true)]
    [InlineData("CONFIGURING", JobStateKind.Configuring, true)]
    [InlineData("SUSPENDED", JobStateKind.Suspended, true)]
    [InlineData("STOPPED", JobStateKind.Stopped, true)]
    [InlineData("SIGNALING", JobStateKind.Signaling, true)]
    [InlineData("STAGE_OUT", JobStateKind.StagingOut, true)]
    [InlineData("RESIZING", JobStateKind.Resizing, true)]
    [InlineData("REQUEUED", JobStateKind.Requeued, true)]
    [InlineData("REQUEUE_FED", JobStateKind.RequeuedFederation, true)]
    [InlineData("REQUEUE_HOLD", JobStateKind.RequeuedHold, true)]
    [InlineData("SPECIAL_EXIT", JobStateKind.SpecialExit, true)]
    [InlineData("RESV_DEL_HOLD", JobStateKind.ReservationDeletedHold, true)]
    [InlineData("POWER_UP_NODE", JobStateKind.PoweringUp, true)]
    [InlineData("EXPEDITING", JobStateKind.Expediting, true)]
    [InlineData("COMPLETED", JobStateKind.Completed, false)]
    [InlineData("CANCELLED+", JobStateKind.Cancelled, false)]
    [InlineData("FAILED", JobStateKind.Failed, false)]
    [InlineData("TIMEOUT", JobStateKind.TimedOut, false)]
    [InlineData("NODE_FAIL", JobStateKind.NodeFailed, false)]
    [InlineData("PREEMPTED", JobStateKind.Preempted, false)]
    [InlineData("BOOT_FAIL", JobStateKind.BootFailed, false)]
    [InlineData("DEADLINE", JobStateKind.DeadlinePassed, false)]
    [InlineData("OUT_OF_MEMORY", JobStateKind.OutOfMemory, false)]
    [InlineData("OUT_OF_ME+", JobStateKind.OutOfMemory, false)]
    [InlineData("OOM", JobStateKind.OutOfMemory, false)]
    [InlineData("REVOKED", JobStateKind.Revoked, false)]
    [InlineData("LAUNCH_FAILED", JobStateKind.LaunchFailed, false)]
    [InlineData("RECONFIG_FAIL", JobStateKind.ReconfigureFailed, false)]
    public void Every_state_has_a_name_and_is_live_or_over(string word, JobStateKind kind, bool live)
    {
        var state = JobState.Parse(word);
        Assert.Equal((kind, live, !live, word), (state.Kind, state.IsLive, state.IsOver, state.Word));
    }

    [Fact]
    public void A_word_not_yet_known_is_shown_as_it_came_and_is_neither_live_nor_over()
    {
        var state = JobState.Parse("HIBERNATING");
        Assert.Equal(
            (JobStateKind.Unknown, false, false, "HIBERNATING"),
            (state.Kind, state.IsLive, state.IsOver, $"{state}")
        );
    }

    [Fact]
    public void A_cancellation_says_who()
    {
        Assert.Equal(
            (JobStateKind.Cancelled, 1000L),
            (JobState.Parse("CANCELLED by 1000").Kind, JobState.Parse("CANCELLED by 1000").By)
        );
        Assert.Null(JobState.Parse("CANCELLED").By);
    }
}
