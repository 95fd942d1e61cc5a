namespace VectorQuantization.Formats;

/// <summary>Exact neighbours that came with a data set.</summary>
/// <param name="K">Neighbours a query.</param>
/// <param name="Ids">Rows of the base counted from 0, K a query, nearest first.</param>
/// <param name="Distances">Beside <paramref name="Ids"/>, as <see cref="Vectors.Metric"/> means them; null when the file has none.</param>
public sealed record DataSetTruth(int K, long[] Ids, float[]? Distances);
