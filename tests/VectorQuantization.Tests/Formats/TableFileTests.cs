using VectorQuantization.Files;
using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class TableFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("a.npy")]
    [InlineData("a.fvecs")]
    [InlineData("a.fbin")]
    public void Vectors_that_are_written_are_read_again(string name)
    {
        var path = Path.Combine(folder.Path, name);

        TableFile.WriteVectors(path, new MemoryVectors("m", [1, 2, 3, 4, 5, 6], 3));

        using var vectors = VectorFile.Open(path);
        Assert.Equal((2, 3), (vectors.Count, vectors.Dimension));
        Assert.Equal([1f, 2, 3, 4, 5, 6], vectors.ToArray());
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("a.npy", ElementType.Int64)]
    [InlineData("a.ivecs", ElementType.Int32)]
    [InlineData("a.ibin", ElementType.Int32)]
    public void Ids_that_are_written_are_read_again(string name, ElementType element)
    {
        var path = Path.Combine(folder.Path, name);

        TableFile.WriteIds(path, new long[] { 7, -1, 16_777_217, 3 }, 2);

        var ids = IdTable.Read(path);
        Assert.Equal((2, 2), (ids.Rows, ids.Columns));
        Assert.Equal([7, -1, 16_777_217, 3], ids.Ids);
        using var vectors = VectorFile.Open(path);
        Assert.Equal(element, vectors.Element);
    }

    [Fact]
    public void An_npy_file_is_byte_for_byte_numpys()
    {
        var path = Path.Combine(folder.Path, "a.npy");

        TableFile.WriteFloats(path, new float[] { 1, 2 }, 2);

        Assert.Equal([.. Bytes.Npy("<f4", "1, 2"), .. Bytes.Of(1f, 2f)], File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("a.csv", "must end in one of .npy, .ivecs, .ibin")]
    [InlineData("a.ivecs", "beyond 32 bits")]
    public void What_a_format_cannot_hold_is_refused(string name, string expected) =>
        Assert.Contains(
            expected,
            Assert
                .Throws<BadInputException>(() =>
                    TableFile.WriteIds(Path.Combine(folder.Path, name), new long[] { 1L << 40 }, 1)
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Writing_that_fails_leaves_the_old_file_and_no_draft()
    {
        var path = folder.File("a.txt", [1]);

        Assert.Throws<InvalidOperationException>(() =>
            AtomicFile.Write(path, _ => throw new InvalidOperationException())
        );
        var refused = Assert.Throws<BadInputException>(() =>
            AtomicFile.Write(path, _ => throw new IOException("No space left on device"))
        );

        Assert.Equal($"'{path}' can't be written: No space left on device", refused.Message);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal([1], File.ReadAllBytes(path));
    }

    public void Dispose() => folder.Dispose();
}
