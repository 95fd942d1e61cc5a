using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>How a run stands that another one needs.</summary>
public abstract record NeedState
{
    private NeedState() { }

    /// <summary>Done.</summary>
    public sealed record Met : NeedState;

    /// <summary>Slurm has it: it waits or runs there.</summary>
    /// <param name="Job">The array.</param>
    /// <param name="Index">Its number there.</param>
    public sealed record Underway(SlurmJob Job, int Index) : NeedState;

    /// <summary>To be sent out as well, if it is among what is wanted.</summary>
    public sealed record Waiting : NeedState;

    /// <summary>It failed or was cancelled; what needs it can't be sent out.</summary>
    public sealed record Failed : NeedState;
}
