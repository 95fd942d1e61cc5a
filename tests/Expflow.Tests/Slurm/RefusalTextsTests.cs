using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class RefusalTextsTests
{
    private const string Failed = "sbatch: error: Batch job submission failed: ";
    private const string Policy =
        Failed + "Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)";

    // As printed by 22.05.8, unless another version is named.
    [Theory]
    [InlineData("sbatch: error: AssocMaxSubmitJobLimit\n" + Policy, RefusalKind.SubmitLimit)]
    [InlineData("sbatch: error: QOSMaxSubmitJobPerUserLimit\n" + Policy, RefusalKind.SubmitLimit)]
    [InlineData("sbatch: error: QOSMaxCpuPerJobLimit\n" + Policy, RefusalKind.ResourceLimit)]
    [InlineData("sbatch: error: QOSGrpGRES\n" + Policy, RefusalKind.ResourceLimit)] // 23.x
    [InlineData("sbatch: error: QOSMaxWallDurationPerJobLimit\n" + Policy, RefusalKind.TimeLimit)]
    [InlineData(Policy, RefusalKind.SubmitOrResourceLimit)] // 19.05
    [InlineData(Failed + "Invalid account or account/partition combination specified", RefusalKind.InvalidAccount)]
    [InlineData(Failed + "Invalid qos specification", RefusalKind.InvalidQos)]
    [InlineData(
        "sbatch: error: invalid partition specified: nope\n" + Failed + "Invalid partition name specified",
        RefusalKind.InvalidPartition
    )]
    [InlineData(Failed + "Required partition not available (inactive or drain)", RefusalKind.PartitionUnavailable)]
    [InlineData(Failed + "User's group not permitted to use this partition", RefusalKind.PartitionNotAllowed)] // 20.11
    [InlineData(Failed + "Requested time limit is invalid (missing or exceeds some limit)", RefusalKind.TimeLimit)]
    [InlineData(Failed + "Node count specification invalid", RefusalKind.TooManyNodes)]
    [InlineData(Failed + "More processors requested than permitted", RefusalKind.TooManyCpus)]
    [InlineData(
        "sbatch: error: CPU count per node can not be satisfied\n"
            + Failed
            + "Requested node configuration is not available",
        RefusalKind.TooManyCpus
    )]
    [InlineData(
        "sbatch: error: Memory specification can not be satisfied\n"
            + Failed
            + "Requested node configuration is not available",
        RefusalKind.TooMuchMemory
    )]
    [InlineData(Failed + "Requested node configuration is not available", RefusalKind.NodesCannotMeet)]
    [InlineData("allocation failure: Requested node configuration is not available", RefusalKind.NodesCannotMeet)]
    [InlineData(Failed + "Invalid node name specified", RefusalKind.NodesCannotMeet)]
    [InlineData(Failed + "Invalid job array specification", RefusalKind.InvalidArray)]
    [InlineData(Failed + "Job dependency problem", RefusalKind.InvalidDependency)]
    [InlineData(Failed + "Invalid feature specification", RefusalKind.InvalidFeature)]
    [InlineData(Failed + "Invalid generic resource (gres) specification", RefusalKind.InvalidGres)] // 20.11
    [InlineData(Failed + "Requested reservation is invalid", RefusalKind.InvalidReservation)]
    [InlineData("sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying", RefusalKind.QueueFull)]
    [InlineData("sbatch: error: Slurm job queue full, sleeping and retrying", RefusalKind.QueueFull)] // 20.11
    [InlineData(
        "sbatch: unrecognized option '--frob'\nTry \"sbatch --help\" for more information",
        RefusalKind.InvalidOption
    )]
    [InlineData("sbatch: error: Invalid --time specification", RefusalKind.InvalidOption)]
    [InlineData("sacct: error: Invalid field requested: \"Restarts\"", RefusalKind.InvalidOption)]
    [InlineData("sbatch: error: Batch script contains DOS line breaks (\\r\\n)", RefusalKind.InvalidScript)]
    [InlineData("sbatch: error: Batch script is empty!", RefusalKind.InvalidScript)]
    [InlineData("slurm_load_jobs error: Invalid job id specified", RefusalKind.InvalidJobId)]
    [InlineData(
        "scancel: error: Kill job error on job id 23: Job/step already completing or completed",
        RefusalKind.AlreadyEnded
    )]
    [InlineData("scancel: error: Kill job error on job id 3: Access/permission denied", RefusalKind.AccessDenied)]
    [InlineData(Failed + "I/O error writing script/environment to file", RefusalKind.ControllerTrouble)] // 23.02
    [InlineData("sbatch: error: Choose a project first\n" + Failed + "Unspecified error", RefusalKind.Other)] // a site's own rule
    public void A_refusal_is_told_from_its_words(string text, RefusalKind kind)
    {
        Assert.Equal(kind, RefusalTexts.KindOf(RefusalTexts.Plain(text)));
        Assert.False(RefusalTexts.SaysNobodyAnswered(text));
    }

    [Theory]
    [InlineData(Failed + "Socket timed out on send/recv operation")] // 20.11, 21.08
    [InlineData(Failed + "Unable to contact slurm controller (connect failure)")]
    [InlineData("slurm_load_jobs error: Unable to contact slurm controller (connect failure)")]
    [InlineData(
        "sacct: error: Sending PersistInit msg: Connection refused\nsacct: error: Problem talking to the database: Connection refused"
    )]
    [InlineData(Failed + "Zero Bytes were transmitted or received")] // 20.11
    [InlineData("sbatch: error: Slurm controller not responding, sleeping and retrying")] // 20.11
    public void Silence_is_no_refusal(string text)
    {
        Assert.True(RefusalTexts.SaysNobodyAnswered(text));
        Assert.False(RefusalTexts.SaysTurnedAway(text));
    }

    [Fact]
    public void Words_are_told_without_the_programs_names() =>
        Assert.Equal(
            "invalid partition specified: nope; Batch job submission failed: Invalid partition name specified",
            RefusalTexts.Plain(
                "sbatch: error: invalid partition specified: nope\n" + Failed + "Invalid partition name specified\n"
            )
        );

    [Fact]
    public void Jobs_that_were_refused_are_named_one_by_one()
    {
        var refused = RefusedJobs.Read(
            "scancel: Terminating job 23\nscancel: error: Kill job error on job id 23: Invalid job id specified\n"
                + "Job has already finished for job 24\nslurm_suspend error: Job has already finished\n"
                + "2_0-1: Job is no longer pending execution\n2_2-20: No error\n"
        );
        Assert.Equal(
            [("23", RefusalKind.InvalidJobId), ("24", RefusalKind.AlreadyEnded), ("2_0-1", RefusalKind.WrongState)],
            refused.Select(job => (job.Job, job.Kind))
        );
    }
}
