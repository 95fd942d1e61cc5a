namespace Expflow.Slurm;

/// <summary>Every state that Slurm knows (<c>man squeue</c>, <c>man sacct</c>, "JOB STATE CODES"; 20.11 to 25.05).</summary>
public enum JobStateKind
{
    /// <summary>A word that isn't known here; see <see cref="JobState.Word"/>.</summary>
    Unknown,

    /// <summary>Waits for resources, a dependency, a limit.</summary>
    Pending,

    /// <summary>Has its nodes.</summary>
    Running,

    /// <summary>Has its nodes, but is stopped for another job.</summary>
    Suspended,

    /// <summary>Ended with exit code 0.</summary>
    Completed,

    /// <summary>Cancelled by its user or an administrator; it may have run or not.</summary>
    Cancelled,

    /// <summary>Ended with a non-zero exit code or another failure.</summary>
    Failed,

    /// <summary>Reached its time limit.</summary>
    TimedOut,

    /// <summary>A node of its allocation failed.</summary>
    NodeFailed,

    /// <summary>Ended for a job of higher priority.</summary>
    Preempted,

    /// <summary>Its node failed to boot.</summary>
    BootFailed,

    /// <summary>Ended at its deadline.</summary>
    DeadlinePassed,

    /// <summary>Used more memory than it had.</summary>
    OutOfMemory,

    /// <summary>Is ending: processes or the epilog are still about.</summary>
    Completing,

    /// <summary>Has its nodes and waits for them to be ready.</summary>
    Configuring,

    /// <summary>Is about to change size.</summary>
    Resizing,

    /// <summary>Held, its reservation having been deleted.</summary>
    ReservationDeletedHold,

    /// <summary>Is being put back into the queue.</summary>
    Requeued,

    /// <summary>Is being put back into the queue of a federation.</summary>
    RequeuedFederation,

    /// <summary>Put back into the queue, held.</summary>
    RequeuedHold,

    /// <summary>Put back into the queue, held, with the mark for "special exit".</summary>
    SpecialExit,

    /// <summary>A sibling in the federation started instead.</summary>
    Revoked,

    /// <summary>Is being signalled.</summary>
    Signaling,

    /// <summary>Is staging files out.</summary>
    StagingOut,

    /// <summary>Has its CPUs but was stopped with SIGSTOP.</summary>
    Stopped,

    /// <summary>The node couldn't start it.</summary>
    LaunchFailed,

    /// <summary>The node couldn't be reconfigured for it.</summary>
    ReconfigureFailed,

    /// <summary>Waits for its nodes to be powered up.</summary>
    PoweringUp,

    /// <summary>Its place in the queue is being hurried on (25.05 on).</summary>
    Expediting,
}
