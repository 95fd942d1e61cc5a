using VectorQuantization.Results;

namespace VectorQuantization.Benchmarks;

/// <summary>All that was measured of a cell.</summary>
/// <param name="TrainedOn">Rows that were learnt from.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Distortion">What decoded vectors lose.</param>
/// <param name="Retrieval">What a search still finds.</param>
/// <param name="Effort">Time and memory.</param>
/// <param name="Search">How it was searched, and how fast.</param>
/// <param name="Errors">How the relative error is spread over rows.</param>
public sealed record Evaluation(
    long TrainedOn,
    SizeFacts Size,
    DistortionFacts Distortion,
    RetrievalFacts Retrieval,
    EffortFacts Effort,
    SearchFacts Search,
    Histogram Errors
);
