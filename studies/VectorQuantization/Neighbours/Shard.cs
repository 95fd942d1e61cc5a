using System.Globalization;
using VectorQuantization.Problems;

namespace VectorQuantization.Neighbours;

/// <summary>One of several equal parts.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">Of how many.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>All of it.</summary>
    public static Shard Whole => new(0, 1);

    /// <summary>Reads <c>2/8</c>, the second of eight, or <c>slurm</c>: this task of a Slurm array.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="text">What the user wrote; null: the whole.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <exception cref="BadInputException">It is no such thing.</exception>
    public static Shard Parse(string option, string? text, Func<string, string?> variable)
    {
        if (text is null)
            return Whole;
        if (text == "slurm")
            return OfArray(option, variable);
        var parts = text.Split('/');
        if (
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && number >= 1
            && number <= count
        )
            return new Shard(number - 1, count);
        throw new BadInputException(
            $"'{option} {text}' is no shard. Write '1/4' to '4/4' for the first to the last of four, or 'slurm' in a job array."
        );
    }

    /// <summary>The shard's part of so many pieces: sizes differ by one at most.</summary>
    /// <returns>First piece and the one behind the last.</returns>
    public (long First, long End) Of(long pieces) =>
        ((long)((Int128)pieces * Index / Count), (long)((Int128)pieces * (Index + 1) / Count));

    private static Shard OfArray(string option, Func<string, string?> variable)
    {
        int? Number(string name) =>
            int.TryParse(variable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
        if (Number("SLURM_ARRAY_TASK_ID") is not { } id || Number("SLURM_ARRAY_TASK_COUNT") is not { } count)
            throw new BadInputException(
                $"'{option} slurm' needs SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT, which Slurm sets in job arrays (sbatch --array). "
                    + "Elsewhere, write '1/4'."
            );
        var index = (id - (Number("SLURM_ARRAY_TASK_MIN") ?? 0)) / (Number("SLURM_ARRAY_TASK_STEP") ?? 1);
        if (index < 0 || index >= count)
            throw new BadInputException(
                $"'{option} slurm': task {id} of an array of {count} can't be told to be one of equal parts. Use '--array=1-{count}'."
            );
        return new Shard(index, count);
    }
}
