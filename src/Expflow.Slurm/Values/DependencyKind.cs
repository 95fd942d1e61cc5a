namespace Expflow.Slurm;

/// <summary>The conditions that a job can wait for (<c>man sbatch</c>, <c>--dependency</c>).</summary>
public enum DependencyKind
{
    /// <summary>The jobs have started or been cancelled; after a delay where one is given.</summary>
    After,

    /// <summary>The jobs have ended, however they ended.</summary>
    AfterAny,

    /// <summary>The jobs have ended with exit code 0.</summary>
    AfterOk,

    /// <summary>The jobs have ended badly. Of an array: one task is enough.</summary>
    AfterNotOk,

    /// <summary>Each task of this array: the task of the same index there has ended with exit code 0.</summary>
    AfterCorresponding,

    /// <summary>The jobs' burst buffers have been staged out.</summary>
    AfterBurstBuffer,

    /// <summary>No other job of the same name and user runs or has begun.</summary>
    Singleton,
}
