namespace VectorQuantization.Problems;

/// <summary>The user's files or settings can't be worked with. The message names the thing, the place and the way out.</summary>
/// <remarks>
/// The one exception that is not a bug: what is wrong with data may show in row 50,000,000, deep under a kernel. Commands
/// print it and end with exit code 2; a sweep notes it for its cell and goes on with the next.
/// </remarks>
public sealed class BadInputException : Exception
{
    /// <summary>One problem.</summary>
    /// <param name="problem">The thing in single quotes, what is wrong with it, and what to do.</param>
    public BadInputException(string problem)
        : this([problem]) { }

    /// <summary>Several problems, told at once.</summary>
    /// <param name="problems">At least one.</param>
    public BadInputException(IReadOnlyList<string> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>One problem that another exception stands behind.</summary>
    public BadInputException(string problem, Exception cause)
        : base(problem, cause) => Problems = [problem];

    /// <summary>Each problem as a text of one or two sentences.</summary>
    public IReadOnlyList<string> Problems { get; }
}
