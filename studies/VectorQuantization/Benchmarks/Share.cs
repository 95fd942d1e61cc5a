using System.Globalization;
using VectorQuantization.Problems;

namespace VectorQuantization.Benchmarks;

/// <summary>One of several equal shares of a list of work: <c>2/4</c>.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">How many shares.</param>
public readonly record struct Share(int Number, int Of)
{
    /// <summary>All of it.</summary>
    public static Share Whole { get; } = new(1, 1);

    /// <summary>Reads <c>2/4</c>, or, as <c>slurm</c>, which of how many tasks of a job array this is.</summary>
    /// <param name="option">The option's name, for the message.</param>
    /// <param name="text">What the user wrote.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <exception cref="BadInputException">It is no share.</exception>
    public static Share Parse(string option, string text, Func<string, string?> variable)
    {
        if (text == "slurm")
            return OfArray(option, variable);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return
            slash > 0
            && Number32(text[..slash], out var number)
            && Number32(text[(slash + 1)..], out var of)
            && number >= 1
            && number <= of
            ? new(number, of)
            : throw new BadInputException(
                $"'{option} {text}' is no share. Write '1/4' to '4/4' for four, or 'slurm' in a job array."
            );
    }

    /// <summary>Every <see cref="Of"/>th from the <see cref="Number"/>th on: neighbours in a grid, which take alike, go to different shares.</summary>
    public IReadOnlyList<T> Take<T>(IReadOnlyList<T> all)
    {
        var (number, of) = this;
        return [.. all.Where((_, i) => i % of == number - 1)];
    }

    private static Share OfArray(string option, Func<string, string?> variable)
    {
        if (
            Number32(variable("SLURM_ARRAY_TASK_ID"), out var task)
            && Number32(variable("SLURM_ARRAY_TASK_MIN"), out var least)
            && Number32(variable("SLURM_ARRAY_TASK_COUNT"), out var count)
            && task >= least
            && task - least < count
        )
            return new(task - least + 1, count);
        throw new BadInputException(
            $"'{option} slurm': this is no task of a job array with tasks in a row (SLURM_ARRAY_TASK_ID, _MIN and _COUNT). Submit one, as "
                + "with '#SBATCH --array=1-4', or write '1/4'."
        );
    }

    private static bool Number32(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
