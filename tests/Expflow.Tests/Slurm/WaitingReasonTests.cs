using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class WaitingReasonTests
{
    [Theory]
    [InlineData("Priority", "jobs of higher priority are ahead")]
    [InlineData("(Resources)", "the resources that it needs are in use; it is next in its partition")]
    [InlineData("QOSMaxJobsPerUserLimit", "the QOS runs as many jobs as it may for one user")]
    [InlineData("QOSMaxCpuPerUserLimit", "the QOS uses as many CPUs as it may for one user")]
    [InlineData("QOSMaxGRESPerUser", "the QOS uses as many GPUs or other devices (GRES) as it may for one user")]
    [InlineData("QOSMaxSubmitJobPerUserLimit", "the QOS holds as many jobs as it may for one user")]
    [InlineData("QOSGrpNodeLimit", "the QOS as a whole uses as many nodes as it may")]
    [InlineData("AssocGrpCpuLimit", "the account as a whole uses as many CPUs as it may")]
    [InlineData("AssocGrpGRES", "the account as a whole uses as many GPUs or other devices (GRES) as it may")]
    [InlineData("AssocGrpCPUMinutesLimit", "the account has used up its time of CPUs")]
    [InlineData("AssocMaxJobsLimit", "the account runs as many jobs as it may")]
    [InlineData(
        "AssocGrpCPURunMinutesLimit",
        "running jobs of the account hold as much time of CPUs as they may for the time they may still take"
    )]
    [InlineData("ReqNodeNotAvail, UnavailableNodes:cpu[01-02]", "nodes that it needs are not available: cpu[01-02]")]
    [InlineData(
        "ReqNodeNotAvail,_Reserved_for_maintenance",
        "nodes are reserved for maintenance, and it might not end before that begins"
    )]
    [InlineData(
        "Nodes_required_for_job_are_DOWN,_DRAINED_or_reserved_for_jobs_in_higher_priority_partitions",
        "the nodes that it could use are down, drained or reserved for jobs of higher priority"
    )]
    [InlineData("JobArrayTaskLimit", "as many tasks of its array run as its throttle allows")]
    [InlineData("BeginTime", "its earliest start has not come yet")]
    [InlineData("Sulking", "Sulking")]
    public void A_reason_is_told_in_words_and_ends_some_day(string word, string words)
    {
        var reason = WaitingReason.Parse(word);
        Assert.Equal((words, false), (reason.Words, reason.NeverEnds));
    }

    [Theory]
    [InlineData("DependencyNeverSatisfied")]
    [InlineData("JobHeldUser")]
    [InlineData("JobHeldAdmin")]
    [InlineData("PartitionTimeLimit")]
    [InlineData("BadConstraints")]
    [InlineData("InvalidAccount")]
    [InlineData("InvalidQOS")]
    [InlineData("JobHoldMaxRequeue")]
    [InlineData("launch failed requeued held")]
    [InlineData("(launch_failed_requeued_held)")]
    [InlineData("QOSMaxWallDurationPerJobLimit")]
    [InlineData("AssocMaxWallDurationPerJobLimit")]
    [InlineData("QOSMaxMemoryPerJob")]
    [InlineData("QOSMinCpuNotSatisfied")]
    [InlineData("MaxMemPerLimit")]
    public void Where_no_waiting_helps_there_is_something_to_do(string word)
    {
        var reason = WaitingReason.Parse(word);
        Assert.True(reason.NeverEnds);
        Assert.NotNull(reason.Hint);
        Assert.NotEqual(word, reason.Words);
    }
}
