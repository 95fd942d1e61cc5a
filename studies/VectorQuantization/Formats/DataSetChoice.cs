using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Which vectors the user asks for.</summary>
public sealed record DataSetChoice
{
    /// <summary><c>dummy</c>, <c>fashion-mnist</c>, or a path; instead of <see cref="Base"/>.</summary>
    public string? Dataset { get; init; }

    /// <summary>Path of the vectors to be searched; instead of <see cref="Dataset"/>.</summary>
    public string? Base { get; init; }

    /// <summary>Path of the queries; null: what <see cref="Dataset"/> brings along, if anything.</summary>
    public string? Queries { get; init; }

    /// <summary>Only the first so many rows of the base; null: all.</summary>
    public long? Limit { get; init; }

    /// <summary>Only the first so many queries; null: all.</summary>
    public long? QueryLimit { get; init; }

    /// <summary>What near means; null: what the data set suggests, else L2.</summary>
    public Metric? Metric { get; init; }

    /// <summary>Rows of <c>dummy</c>.</summary>
    public long DummyRows { get; init; } = 10_000;

    /// <summary>Coordinates of <c>dummy</c>.</summary>
    public int DummyDimension { get; init; } = 1024;
}
