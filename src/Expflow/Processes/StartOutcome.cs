namespace Expflow.Processes;

/// <summary>What came of starting a process. Exactly one of the nested cases.</summary>
public abstract record StartOutcome
{
    private StartOutcome() { }

    /// <summary>It runs.</summary>
    public sealed record Started(ChildProcess Child) : StartOutcome;

    /// <summary>The system refused.</summary>
    /// <param name="Reason">Its word and what it was about: <c>'/bin/nope': No such file or directory</c>.</param>
    public sealed record Refused(string Reason) : StartOutcome
    {
        /// <summary>The system's error number; 0 when it was never asked. 11 (EAGAIN) and 12 (ENOMEM) pass: the same start may succeed later.</summary>
        public int Error { get; init; }
    }
}
