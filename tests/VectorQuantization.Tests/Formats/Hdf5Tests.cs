using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class Hdf5Tests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<byte[]> Both => [SampleFiles.OldHdf5, SampleFiles.NewHdf5];

    [Theory, MemberData(nameof(Both))]
    public void Tables_of_h5py_are_read_whether_plain_or_in_packed_chunks(byte[] file)
    {
        var path = folder.File("a.hdf5", file);

        Assert.Equal(SampleFiles.Vectors, Table(path, null, ElementType.Float32));
        Assert.Equal(SampleFiles.Vectors[..35], Table(path, "test", ElementType.Float32));
        Assert.Equal(SampleFiles.Vectors, Table(path, "g/half", ElementType.Float16));
        Assert.Equal(Enumerable.Range(0, 14).Select(i => i / 8f), Table(path, "distances", ElementType.Float64));
        Assert.Equal([0f, 1, 2, 3, 4, 5], Table(path, "bytes", ElementType.UInt8));
        // As floats these would be even numbers only.
        Assert.Equal(Enumerable.Range(0, 14).Select(i => (1L << 24) + i), IdTable.Read(path).Ids);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_data_set_brings_queries_metric_and_truth_along(byte[] file)
    {
        var path = folder.File("a.hdf5", file);

        // The neighbours of the sample are rows that its base doesn't have.
        Assert.Contains(
            "the neighbours of query 0 have row 16777216 among them; the base has 14 rows",
            Assert.Throws<BadInputException>(() => Open(new DataSetChoice { Dataset = path })).Message,
            StringComparison.Ordinal
        );
        using var data = Open(
            new DataSetChoice
            {
                Dataset = path,
                Metric = Metric.L2,
                QueryLimit = 4,
            }
        );
        Assert.Equal((14, 4), (data.Base.Count, data.Queries!.Count));
        Assert.Equal((Metric.Cosine, Metric.L2), (data.SuggestedMetric, data.Metric));
        Assert.Null(data.GroundTruth);
    }

    [Fact]
    public void What_is_written_comes_back_with_its_truth()
    {
        var path = Path.Combine(folder.Path, "a.hdf5");
        using var train = new MemoryVectors("train", [1, 2, 3, 4, 5, 6], 2);
        using var test = new MemoryVectors("test", [1, 2, 5, 6], 2);
        AnnBenchmarksFile.Write(path, Metric.L2, train, test, new DataSetTruth(2, [0, 1, 2, 1], [0, 9, 0, 16]));

        using var data = Open(new DataSetChoice { Dataset = path });

        Assert.Equal(train.ToArray(), data.Base.ToArray());
        Assert.Equal(test.ToArray(), data.Queries!.ToArray());
        Assert.Equal([0, 1, 2, 1], data.GroundTruth!.Ids);
        Assert.Equal([0f, 9, 0, 16], data.GroundTruth.Distances!);
    }

    [Fact]
    public void A_table_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Contains(
            "has no 'base' among its data sets. It has bytes, distances, g/half, neighbors, test, train.",
            Assert
                .Throws<BadInputException>(() => VectorFile.Open($"{folder.File("a.h5", SampleFiles.OldHdf5)}:base"))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_that_was_cut_off_says_both_lengths() =>
        Assert.Contains(
            "says that it has 26416 bytes; the file has 20000",
            Assert
                .Throws<BadInputException>(() => VectorFile.Open(folder.File("a.h5", SampleFiles.OldHdf5[..20_000])))
                .Message,
            StringComparison.Ordinal
        );

    [Theory, MemberData(nameof(Both))]
    public void A_flipped_byte_anywhere_is_a_problem_or_another_number_but_never_a_crash(byte[] file)
    {
        for (var at = 0; at < file.Length; at += 29)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            // A name of its own: file systems flush a file that is written over.
            var path = folder.File($"{at}.hdf5", damaged);
            try
            {
                foreach (var name in VectorFile.Elements(path))
                {
                    using var vectors = VectorFile.Open($"{path}:{name}");
                    if (vectors.Count * vectors.Dimension < 1 << 20)
                        vectors.ToArray();
                }
            }
            catch (BadInputException)
            {
                // as it should be
            }
            File.Delete(path);
        }
    }

    public void Dispose() => folder.Dispose();

    private static DataSet Open(DataSetChoice choice) => DataSet.Open(choice, _ => null);

    private static float[] Table(string path, string? name, ElementType element)
    {
        using var vectors = VectorFile.Open(path, new OpenSettings { Element = name });
        Assert.Equal(element, vectors.Element);
        return vectors.ToArray();
    }
}
