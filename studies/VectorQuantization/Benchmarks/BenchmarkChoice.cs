using VectorQuantization.Formats;

namespace VectorQuantization.Benchmarks;

/// <summary>Which data the user wants measured on.</summary>
public sealed record BenchmarkChoice
{
    /// <summary>The base and, where it has some, its queries. Its <see cref="DataSetChoice.Queries"/> is left to <see cref="Queries"/>.</summary>
    public required DataSetChoice Data { get; init; }

    /// <summary>Where queries come from; null: from the data set if it brings some, else the last rows of it, held out.</summary>
    public RowSource? Queries { get; init; }

    /// <summary>Where training rows come from; null: the last rows of the data set, held out.</summary>
    public RowSource? Training { get; init; }

    /// <summary>Where the text of <see cref="Queries"/> names a file, that file.</summary>
    internal string? QueryPath => Queries is RowSource.Own(var path) ? path : null;

    /// <summary>Where the text of <see cref="Training"/> names a file, that file.</summary>
    internal string? TrainingPath => Training is RowSource.Own(var path) ? path : null;
}
