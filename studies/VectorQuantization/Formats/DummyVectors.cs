using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Normal random vectors, the same numbers as Python's <c>numpy.random.RandomState(42).randn(rows, dimension)</c>.</summary>
public static class DummyVectors
{
    /// <summary>What such data are called on the command line.</summary>
    public const string Name = "dummy";

    /// <summary>The seed of the stream.</summary>
    public const uint Seed = 42;

    /// <summary>Makes them, in memory, rounded from double to single.</summary>
    /// <exception cref="BadInputException">They don't fit into one array.</exception>
    public static MemoryVectors Create(long rows, int dimension)
    {
        var problems = new ProblemList();
        problems.Require(rows >= 1, $"'{Name}' of {rows} rows: there must be at least 1.");
        problems.Require(
            dimension is >= 1 and <= RowLayout.MostDimensions,
            $"'{Name}' of dimension {dimension}: it must be 1…{RowLayout.MostDimensions}."
        );
        problems.Require(
            (Int128)rows * dimension <= Array.MaxLength,
            $"'{Name}' of {rows} × {dimension} is more than the {Array.MaxLength} numbers that are made in memory. Take fewer rows."
        );
        problems.ThrowIfAny();
        var random = new MersenneTwister(Seed);
        var values = new float[rows * dimension];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)random.NextGaussian();
        return new MemoryVectors(Name, values, dimension);
    }
}
