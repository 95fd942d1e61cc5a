namespace Expflow.Witnesses;

/// <summary>Where a run stands with Slurm.</summary>
public enum SlurmPlace
{
    /// <summary>No job carries it out: it waits for a next portion, or for recovery.</summary>
    Unsubmitted,

    /// <summary>Its <c>sbatch</c> got no answer, so nobody knows yet whether it worked.</summary>
    InDoubt,

    /// <summary>Expflow itself holds it until its whole submission is in.</summary>
    HeldByExpflow,

    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>In the queue, and no waiting will help.</summary>
    Blocked,

    /// <summary>Put back into the queue by Slurm, under the same job id.</summary>
    Requeued,

    /// <summary>Has its node, which is not ready yet.</summary>
    Starting,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Has its node, but is stopped.</summary>
    Suspended,

    /// <summary>Its processes are being ended.</summary>
    Completing,

    /// <summary>Not in the queue any more, and its end isn't known yet.</summary>
    Left,

    /// <summary>The queue could not be asked.</summary>
    Unasked,
}
