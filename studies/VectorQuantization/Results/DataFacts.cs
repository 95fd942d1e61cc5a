namespace VectorQuantization.Results;

/// <summary>The data of a cell.</summary>
/// <param name="Name">The data set's name: <c>fashion-mnist</c>.</param>
/// <param name="Fingerprint">Hash of the base vectors' contents.</param>
/// <param name="Count">Base vectors.</param>
/// <param name="Dimension">Coordinates a vector.</param>
/// <param name="Queries">Query vectors.</param>
/// <param name="TrainingRows">Vectors that were learnt from.</param>
/// <param name="Metric">What near means: <c>l2</c>, <c>ip</c>, <c>cosine</c>.</param>
public sealed record DataFacts(
    string Name,
    string Fingerprint,
    long Count,
    int Dimension,
    long Queries,
    long TrainingRows,
    string Metric
);
