namespace VectorQuantization.Search;

/// <summary>How inverted lists are made.</summary>
/// <param name="Lists">How many lists (<c>nlist</c>), at least 1.</param>
/// <param name="Residual">Whether codes are of rows less their list's centroid, rather than of rows as they are.</param>
/// <param name="Iterations">Of the k-means that finds the centroids.</param>
public sealed record InvertedSettings(int Lists, bool Residual = true, int Iterations = 10);
