namespace VectorQuantization.Results;

/// <summary>What a cell took.</summary>
public sealed record EffortFacts
{
    /// <summary>Seconds of learning.</summary>
    public double? TrainSeconds { get; init; }

    /// <summary>Seconds of encoding all base vectors.</summary>
    public double? EncodeSeconds { get; init; }

    /// <summary>Seconds of decoding all base vectors.</summary>
    public double? DecodeSeconds { get; init; }

    /// <summary>Threads of learning, encoding and decoding.</summary>
    public int? EncodeThreads { get; init; }

    /// <summary>The most memory that the process held, in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }
}
