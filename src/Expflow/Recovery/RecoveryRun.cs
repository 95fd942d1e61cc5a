using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>A run of an experiment, as recovery looks at it.</summary>
/// <param name="Run">The run and its history.</param>
/// <param name="Place">Where it stands with what is to carry it out.</param>
/// <param name="HasSaved">True when its last attempt has left a checkpoint.</param>
public sealed record RecoveryRun(TrackedRun Run, QueuePlace Place, bool HasSaved = false);

/// <summary>Where a run stands with what is to carry it out: Slurm's queue, or the local agent.</summary>
public enum QueuePlace
{
    /// <summary>Nowhere: nobody will start it by itself.</summary>
    Absent,

    /// <summary>It will start when its turn comes.</summary>
    Waiting,

    /// <summary>It is in the queue and starts only when somebody releases it.</summary>
    Held,

    /// <summary>It is in the queue and can never start, since what it depends on has failed: <c>DependencyNeverSatisfied</c>.</summary>
    Stuck,

    /// <summary>It runs, or is about to.</summary>
    Running,
}
