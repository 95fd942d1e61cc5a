namespace Expflow.Slurm;

/// <summary>Why Slurm says no.</summary>
public enum RefusalKind
{
    /// <summary>A reason that isn't known here, or a site's own (job submit plug-in): see the words.</summary>
    Other,

    /// <summary>No such account, or not this user's, or not in this partition.</summary>
    InvalidAccount,

    /// <summary>No such partition.</summary>
    InvalidPartition,

    /// <summary>The partition is down, drained or inactive and takes no jobs.</summary>
    PartitionUnavailable,

    /// <summary>This user, account or QOS may not use the partition.</summary>
    PartitionNotAllowed,

    /// <summary>No such QOS, or not this user's.</summary>
    InvalidQos,

    /// <summary>No such reservation, or not this user's.</summary>
    InvalidReservation,

    /// <summary>No node has such a feature.</summary>
    InvalidFeature,

    /// <summary>No node has such devices (GRES).</summary>
    InvalidGres,

    /// <summary>As many jobs are queued as account or QOS allow; later there may be room.</summary>
    SubmitLimit,

    /// <summary>Account or QOS don't allow so much (CPUs, memory, time) for one job.</summary>
    ResourceLimit,

    /// <summary>Account or QOS don't allow it, and Slurm doesn't say whether for the number of jobs or for their size.</summary>
    SubmitOrResourceLimit,

    /// <summary>Slurm holds <c>MaxJobCount</c> jobs, or takes none for the moment; later there may be room.</summary>
    QueueFull,

    /// <summary>An index at or above <c>MaxArraySize</c>, or a malformed index list.</summary>
    InvalidArray,

    /// <summary>The dependency names a job that can't be depended on, or is malformed.</summary>
    InvalidDependency,

    /// <summary>No node of the partition can ever meet the request.</summary>
    NodesCannotMeet,

    /// <summary>More memory than a node has or than is allowed.</summary>
    TooMuchMemory,

    /// <summary>More CPUs than a node or the partition has.</summary>
    TooManyCpus,

    /// <summary>More nodes than the partition has or allows.</summary>
    TooManyNodes,

    /// <summary>The time limit is above the partition's, or missing where one must be given.</summary>
    TimeLimit,

    /// <summary>No such job: never was, or Slurm has forgotten it.</summary>
    InvalidJobId,

    /// <summary>The job has ended, or is just ending.</summary>
    AlreadyEnded,

    /// <summary>The job isn't in a state for that: held, pending, running.</summary>
    WrongState,

    /// <summary>Somebody else's, or only for administrators.</summary>
    AccessDenied,

    /// <summary>Authentication failed (munge, clocks apart).</summary>
    Authentication,

    /// <summary>The program doesn't know an option or field: another version of Slurm.</summary>
    InvalidOption,

    /// <summary>Not a batch script: no <c>#!</c>, empty, or with DOS line ends.</summary>
    InvalidScript,

    /// <summary>This cluster keeps no accounts of jobs.</summary>
    AccountingDisabled,

    /// <summary>The controller could not do it: its disk is full, its files can't be written. Later it may.</summary>
    ControllerTrouble,

    /// <summary>Slurm's own configuration is missing or broken on this machine.</summary>
    NotConfigured,
}
