namespace VectorQuantization.Problems;

/// <summary>Gathers what is wrong with the user's input, so that all of it is told at once.</summary>
public sealed class ProblemList
{
    private readonly List<string> problems = [];

    /// <summary>Adds <paramref name="problem"/> unless <paramref name="fine"/>.</summary>
    public void Require(bool fine, string problem)
    {
        if (!fine)
            problems.Add(problem);
    }

    /// <summary>Adds a problem.</summary>
    public void Add(string problem) => problems.Add(problem);

    /// <summary>Does a part of the checking that may itself refuse, and keeps its problems.</summary>
    /// <returns>What it made, or null when it refused.</returns>
    public T? Try<T>(Func<T?> part)
        where T : class
    {
        try
        {
            return part();
        }
        catch (BadInputException refused)
        {
            problems.AddRange(refused.Problems);
            return null;
        }
    }

    /// <summary>Refuses if anything was added.</summary>
    /// <exception cref="BadInputException">With all problems in the order in which they were added.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
            throw new BadInputException(problems);
    }
}
