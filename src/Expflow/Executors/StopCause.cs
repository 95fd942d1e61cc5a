namespace Expflow.Executors;

/// <summary>Why an agent told a command to end. The first cause holds.</summary>
public abstract record StopCause
{
    private StopCause() { }

    /// <summary>Its walltime is over.</summary>
    public sealed record Walltime(TimeSpan Limit) : StopCause;

    /// <summary>It used more memory than it asked for.</summary>
    public sealed record Memory(long Asked, long Used) : StopCause;

    /// <summary>A check with <c>on_fail: end</c> did not hold.</summary>
    public sealed record Check(string Violation) : StopCause;

    /// <summary>The user cancelled the run.</summary>
    public sealed record Cancelled : StopCause;

    /// <summary>The user asked the whole agent to stop; the run goes on another time.</summary>
    public sealed record Interrupted : StopCause;
}
