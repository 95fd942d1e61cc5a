using System.Security.Cryptography;
using VectorQuantization.Formats;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class AnnBenchmarksFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void What_is_written_is_what_h5py_has_read()
    {
        var path = Path.Combine(folder.Path, "a.hdf5");
        using var train = new MemoryVectors("train", [1, 2, 3, 4, 5, 6], 2);
        using var test = new MemoryVectors("test", [1, 2, 5, 6], 2);

        AnnBenchmarksFile.Write(path, Metric.L2, train, test, new DataSetTruth(2, [0, 1, 2, 1], [0, 8, 0, 8]));

        // h5py 3.7 (libhdf5 1.10) read this file: the same tables, attributes and types. Other bytes: let it read them again.
        Assert.Equal(
            "ec60633c16ebcfe8939335a121285f5504c0e614229d65c1429c8d2b7dbe9449",
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))
        );
    }

    public void Dispose() => folder.Dispose();
}
