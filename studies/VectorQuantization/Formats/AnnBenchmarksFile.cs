using VectorQuantization.Formats.Hdf5;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>HDF5 files as ann-benchmarks has them: <c>train</c>, <c>test</c>, <c>neighbors</c>, <c>distances</c>, attribute <c>distance</c>.</summary>
/// <remarks>Source: https://github.com/erikbern/ann-benchmarks. Distances there: Euclidean is not squared, angular is 1 − cosine.</remarks>
public static class AnnBenchmarksFile
{
    /// <summary>Writes such a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="train">What is searched; null leaves it out, for files that hold results only.</param>
    /// <param name="test">The queries.</param>
    /// <param name="truth">Their neighbours; its distances are needed.</param>
    /// <exception cref="BadInputException">It can't be written there.</exception>
    public static void Write(string path, Metric metric, VectorSet? train, VectorSet test, DataSetTruth truth)
    {
        ArgumentNullException.ThrowIfNull(truth.Distances);
        var rows = truth.Ids.Length / truth.K;
        var wide = truth.Ids.AsSpan().ContainsAnyExceptInRange(int.MinValue, int.MaxValue);
        List<Hdf5Table> tables =
        [
            Vectors("test", test),
            new(
                "neighbors",
                wide ? ElementType.Int64 : ElementType.Int32,
                rows,
                truth.K,
                to => WriteIds(to, truth.Ids, wide)
            ),
            new("distances", ElementType.Float32, rows, truth.K, to => WriteDistances(to, metric, truth)),
        ];
        if (train is not null)
            tables.Add(Vectors("train", train));
        AtomicFile.Write(
            path,
            stream =>
                Hdf5Writer.Write(
                    stream,
                    [
                        ("type", "dense"),
                        ("distance", NameOf(metric)),
                        ("dimension", (long)test.Dimension),
                        ("point_type", "float"),
                    ],
                    tables
                )
        );
    }

    /// <summary>The metric of an attribute <c>distance</c>; null when it is another.</summary>
    public static Metric? MetricOf(string? distance) =>
        distance switch
        {
            "euclidean" or "l2" or "L2" => Metric.L2,
            "angular" or "cosine" => Metric.Cosine,
            "ip" or "dot" or "inner_product" => Metric.InnerProduct,
            _ => null,
        };

    /// <summary>A distance of such a file as <see cref="Metric"/> means it.</summary>
    internal static float FromFile(Metric metric, float distance) =>
        metric == Metric.L2 ? distance * distance : distance;

    private static string NameOf(Metric metric) =>
        metric switch
        {
            Metric.L2 => "euclidean",
            Metric.Cosine => "angular",
            _ => "ip",
        };

    private static Hdf5Table Vectors(string name, VectorSet vectors) =>
        new(name, ElementType.Float32, vectors.Count, vectors.Dimension, to => to.Floats(vectors));

    private static void WriteIds(RowWriter to, long[] ids, bool wide)
    {
        if (wide)
            to.Longs(ids);
        else
            to.Integers(ids);
    }

    private static void WriteDistances(RowWriter to, Metric metric, DataSetTruth truth)
    {
        var row = new float[truth.K];
        for (var at = 0; at < truth.Ids.Length; at += truth.K)
        {
            for (var i = 0; i < row.Length; i++)
            {
                var distance = truth.Distances![at + i];
                row[i] = metric == Metric.L2 ? MathF.Sqrt(distance) : distance;
            }
            to.Floats(row);
        }
    }
}
