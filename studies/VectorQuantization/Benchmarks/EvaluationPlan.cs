using VectorQuantization.Search;

namespace VectorQuantization.Benchmarks;

/// <summary>What is measured of every cell.</summary>
/// <param name="K">Neighbours that a search asks for and recall is told of.</param>
/// <param name="TrainingRows">Rows to learn from, at most; drawn by the cell's seed where there are more.</param>
/// <param name="Threads">Threads to keep busy.</param>
/// <param name="Timing">How searches are timed; null: no search, and so no recall.</param>
public sealed record EvaluationPlan(int K, long TrainingRows, int Threads, TimingPlan? Timing);
