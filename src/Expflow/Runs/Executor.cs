namespace Expflow.Runs;

/// <summary>What brings the runs of a submission to an end.</summary>
public enum Executor
{
    /// <summary>An agent on one machine.</summary>
    Local,

    /// <summary>Slurm, with an agent in each job.</summary>
    Slurm,
}
