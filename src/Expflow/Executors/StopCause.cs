namespace Expflow.Executors;

/// <summary>Why an agent told a command to end. The first cause holds.</summary>
public abstract record StopCause
{
    private StopCause() { }

    /// <summary>Its walltime is over.</summary>
    public sealed record Walltime(TimeSpan Limit) : StopCause;

    /// <summary>It said and saved nothing for longer than its stage allows.</summary>
    public sealed record Hung(TimeSpan Limit) : StopCause;

    /// <summary>It used more memory than it asked for.</summary>
    /// <param name="Asked">Bytes; null when nobody knows.</param>
    /// <param name="Used">Bytes, as far as was seen.</param>
    public sealed record Memory(long? Asked, long Used) : StopCause;

    /// <summary>A check with <c>on_fail: end</c> did not hold.</summary>
    public sealed record Check(string Violation) : StopCause;

    /// <summary>The user cancelled the run.</summary>
    public sealed record Cancelled : StopCause;

    /// <summary>The user asked the whole agent to stop; the run goes on another time.</summary>
    public sealed record Interrupted : StopCause;

    /// <summary>Its job's time limit is near: the warning that was asked for with <c>--signal</c> has come.</summary>
    /// <param name="Limit">The time limit; null when nobody knows it.</param>
    /// <param name="Saved">When its newest checkpoint was written, as it was told; null when it had none.</param>
    public sealed record Warned(TimeSpan? Limit, DateTime? Saved) : StopCause;

    /// <summary>Slurm ends its job: the time limit, preemption, <c>scancel</c>.</summary>
    /// <param name="Limit">The time limit when it is over; null when it isn't.</param>
    /// <param name="Saved">As <see cref="Warned"/>.</param>
    public sealed record Terminated(TimeSpan? Limit, DateTime? Saved) : StopCause;

    /// <summary>May it take as long as it needs to save, until it is told once more.</summary>
    public bool IsPatient => this is Interrupted or Warned;
}
