using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>What came of asking whether a partition may be used.</summary>
public abstract record AccessVerdict
{
    private AccessVerdict() { }

    /// <summary>Slurm would take the job.</summary>
    /// <param name="Start">When it would start, by Slurm's guess; null where that is not in sight.</param>
    /// <param name="Nodes">Where, as Slurm writes it (<c>cpu[01-02]</c>); empty where it doesn't say.</param>
    public sealed record Allowed(DateTimeOffset? Start, string Nodes = "") : AccessVerdict;

    /// <summary>Slurm would refuse the job, or take it and never start it.</summary>
    /// <param name="Kind">The kind of reason.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Asked">False where the partition's own rules decide it, and nobody was asked.</param>
    public sealed record Refused(RefusalKind Kind, string Reason, bool Asked) : AccessVerdict
    {
        /// <summary>Whether it is refused whatever a job asks for, so that it need not be asked again for another one.</summary>
        public bool IsForAllJobs =>
            Kind
                is RefusalKind.InvalidAccount
                    or RefusalKind.InvalidPartition
                    or RefusalKind.PartitionNotAllowed
                    or RefusalKind.InvalidQos;
    }

    /// <summary>It could not be learnt.</summary>
    /// <param name="Why">Why, in words.</param>
    public sealed record Unknown(string Why) : AccessVerdict;

    /// <summary>It was not asked: the budget of calls was spent on others.</summary>
    public sealed record LeftOut : AccessVerdict;
}
