namespace Expflow.Slurm;

/// <summary>One call of one of Slurm's programs.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Arguments">Its arguments, as they are: no shell reads them.</param>
internal sealed record SlurmCall(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>What it reads; null: nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Whether a job inherits the environment of this call.</summary>
    public bool IsSubmission { get; init; }
}

/// <summary>What a program printed, and how it ended.</summary>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="TurnedAway">It was ended while it slept before a new try of a submission that had been turned away.</param>
internal sealed record SlurmPrint(string Output, string Errors, int ExitCode, bool TurnedAway = false);
