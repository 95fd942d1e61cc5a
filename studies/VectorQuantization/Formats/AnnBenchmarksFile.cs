using VectorQuantization.Files;
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

    /// <summary>What a file says that near means, by its attribute or, in older files, by its name; null when it says nothing.</summary>
    /// <param name="path">Any file of vectors.</param>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static Metric? MetricOfFile(string path) =>
        IfHdf5(path, file => file.Text("distance")) is { } distance ? MetricOf(distance)
        : path.Contains("-euclidean.h", StringComparison.Ordinal) ? Metric.L2
        : path.Contains("-angular.h", StringComparison.Ordinal) ? Metric.Cosine
        : null;

    /// <summary>The neighbours that a file holds; null when it holds none.</summary>
    /// <param name="path">Any file of vectors.</param>
    /// <param name="metric">What near means there.</param>
    /// <param name="baseRows">Rows of its base, which the ids must be below.</param>
    /// <param name="queries">Only the first so many queries.</param>
    /// <exception cref="BadInputException">It is damaged, or the ids are not of that base.</exception>
    internal static DataSetTruth? ReadTruth(string path, Metric metric, long baseRows, long queries)
    {
        var names = IfHdf5(path, file => file.Names) ?? [];
        if (!names.Contains("neighbors"))
            return null;
        var ids = IdTable.Read($"{path}:neighbors");
        if (ids.Rows < queries)
            throw new BadInputException($"'{path}' has {queries} queries and the neighbours of {ids.Rows}.");
        var kept = checked((int)(queries * ids.Columns));
        var bad = ids.Ids.AsSpan(0, kept).IndexOfAnyExceptInRange(-1, baseRows - 1);
        if (bad >= 0)
            throw new BadInputException(
                $"'{path}': the neighbours of query {bad / ids.Columns} have row {ids.Ids[bad]} among them; the base has {baseRows} rows."
            );
        return new DataSetTruth(
            ids.Columns,
            ids.Ids[..kept],
            names.Contains("distances") ? Distances(path, metric, queries, ids.Columns) : null
        );
    }

    private static float[]? Distances(string path, Metric metric, long queries, int k)
    {
        using var table = VectorFile.Open($"{path}:distances", new OpenSettings { Limit = queries });
        if (table.Dimension != k || table.Count != queries)
            return null;
        var distances = table.ToArray();
        for (var i = 0; i < distances.Length && metric == Metric.L2; i++)
            distances[i] *= distances[i];
        return distances;
    }

    private static Metric? MetricOf(string distance) =>
        distance switch
        {
            "euclidean" or "l2" or "L2" => Metric.L2,
            "angular" or "cosine" => Metric.Cosine,
            "ip" or "dot" or "inner_product" => Metric.InnerProduct,
            _ => null,
        };

    private static T? IfHdf5<T>(string path, Func<Hdf5File, T?> ask)
        where T : class
    {
        var file = VectorPath.Of(path).File;
        if (Directory.Exists(file))
            return null;
        using var bytes = ByteRegion.Map(file);
        return bytes.Start(8).StartsWith(Hdf5Signature.File) ? ask(Hdf5File.Read(bytes, file)) : null;
    }

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
