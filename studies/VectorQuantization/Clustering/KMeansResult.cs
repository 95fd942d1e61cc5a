namespace VectorQuantization.Clustering;

/// <summary>What k-means found.</summary>
/// <param name="Centroids">Row-major.</param>
/// <param name="Error">The sum over all rows of the squared distance to the nearest centroid, when rows were last assigned.</param>
/// <param name="Iterations">Of Lloyd's, in the try that counted.</param>
/// <param name="Rows">Learnt from.</param>
/// <param name="FewRows">There were fewer than <see cref="KMeansSettings.FewRowsPerCentroid"/> for each centroid.</param>
public sealed record KMeansResult(float[] Centroids, double Error, int Iterations, int Rows, bool FewRows);
