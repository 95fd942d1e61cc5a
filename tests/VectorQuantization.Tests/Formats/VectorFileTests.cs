using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class VectorFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<string, byte[], ElementType> Files() =>
        new()
        {
            {
                "a.fvecs",
                [
                    .. Bytes.Of(2),
                    .. Bytes.Of(1f, 2f),
                    .. Bytes.Of(2),
                    .. Bytes.Of(3f, 4f),
                    .. Bytes.Of(2),
                    .. Bytes.Of(5f, 6f),
                ],
                ElementType.Float32
            },
            { "a.bvecs", [2, 0, 0, 0, 1, 2, 2, 0, 0, 0, 3, 4, 2, 0, 0, 0, 5, 6], ElementType.UInt8 },
            { "a.ivecs", Bytes.Of(2, 1, 2, 2, 3, 4, 2, 5, 6), ElementType.Int32 },
            { "a.fbin", [.. Bytes.Of(3, 2), .. Bytes.Of(1f, 2, 3, 4, 5, 6)], ElementType.Float32 },
            { "a.u8bin", [.. Bytes.Of(3, 2), 1, 2, 3, 4, 5, 6], ElementType.UInt8 },
            { "a.i8bin", [.. Bytes.Of(3, 2), 1, 2, 3, 4, 5, 6], ElementType.Int8 },
            { "a.ibin", Bytes.Of(3, 2, 1, 2, 3, 4, 5, 6), ElementType.Int32 },
            {
                "all.fbin.crop_nb_3",
                [.. Bytes.Of(1_000_000_000, 2), .. Bytes.Of(1f, 2, 3, 4, 5, 6)],
                ElementType.Float32
            },
            {
                "f2.npy",
                [.. Bytes.Npy("<f2", "3, 2"), .. Bytes.Of((Half)1, (Half)2, (Half)3, (Half)4, (Half)5, (Half)6)],
                ElementType.Float16
            },
            {
                "f4.npy",
                [.. Bytes.Npy("<f4", "3, 2", version: 2), .. Bytes.Of(1f, 2, 3, 4, 5, 6)],
                ElementType.Float32
            },
            {
                "f8.npy",
                [.. Bytes.Npy("<f8", "3, 2", version: 3), .. Bytes.Of(1.0, 2, 3, 4, 5, 6)],
                ElementType.Float64
            },
            { "u1.npy", [.. Bytes.Npy("|u1", "3, 2"), 1, 2, 3, 4, 5, 6], ElementType.UInt8 },
            { "i1.npy", [.. Bytes.Npy("|i1", "3, 2"), 1, 2, 3, 4, 5, 6], ElementType.Int8 },
            { "i4.npy", [.. Bytes.Npy("<i4", "3, 2"), .. Bytes.Of(1, 2, 3, 4, 5, 6)], ElementType.Int32 },
            { "i8.npy", [.. Bytes.Npy("<i8", "3, 2"), .. Bytes.Of(1L, 2, 3, 4, 5, 6)], ElementType.Int64 },
            { "no-extension", [.. Bytes.Npy("<f4", "3, 2"), .. Bytes.Of(1f, 2, 3, 4, 5, 6)], ElementType.Float32 },
            {
                "images-idx3-ubyte",
                [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6],
                ElementType.UInt8
            },
            {
                "images-idx3-ubyte.gz",
                Bytes.Gzip([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6]),
                ElementType.UInt8
            },
            { "a.fbin.gz", Bytes.Gzip(Bytes.Of(3, 2), Bytes.Of(1f, 2, 3, 4, 5, 6)), ElementType.Float32 },
        };

    [Theory, MemberData(nameof(Files))]
    public void Every_format_gives_its_rows(string name, byte[] bytes, ElementType element)
    {
        using var vectors = VectorFile.Open(folder.File(name, bytes));

        Assert.Equal((3, 2, element), (vectors.Count, vectors.Dimension, vectors.Element));
        Assert.Equal([1f, 2, 3, 4, 5, 6], vectors.ToArray());
        var last = new float[2];
        vectors.Read(2, last);
        Assert.Equal([5f, 6], last);
    }

    public static TheoryData<string, byte[], string> BadFiles() =>
        new()
        {
            {
                "a.fvecs",
                [.. Bytes.Of(2), .. Bytes.Of(1f, 2f), .. Bytes.Of(2), .. Bytes.Of(3f)],
                "8 bytes follow row 1"
            },
            { "a.fvecs", Bytes.Of(0), "says 0 coordinates a row" },
            { "a.fvecs", [1, 2], "2 bytes are too few" },
            {
                "a.fbin",
                [.. Bytes.Of(4, 2), .. Bytes.Of(1f, 2, 3, 4, 5, 6)],
                "the header says 4 × 2, 40 bytes in all; the file has 32. 8 are missing"
            },
            { "a.fbin", [.. Bytes.Of(2, 2), .. Bytes.Of(1f, 2, 3, 4, 5, 6)], "8 are left over" },
            { "a.fbin", [.. Bytes.Of(-1, 1 << 20), .. Bytes.Of(1f)], "4294967295 × 1048576" },
            {
                "a.fbin.crop_nb_4",
                [.. Bytes.Of(9, 2), .. Bytes.Of(1f, 2, 3, 4, 5, 6)],
                "the name says 4 rows of 8 bytes, the file holds 3"
            },
            { "a.npy", [.. Bytes.Npy("<f4", "3, 2"), .. Bytes.Of(1f)], "20 are missing" },
            { "a.npy", Bytes.Npy(">f4", "0, 2"), "big-endian ('>f4'). Save x.astype('<f4')" },
            { "a.npy", Bytes.Npy("|O", "3,"), "pickled" },
            { "a.npy", Bytes.Npy("<c8", "3, 2"), "elements of type '<c8'" },
            { "a.npy", [.. Bytes.Npy("<f4", "6,"), .. Bytes.Of(1f, 2, 3, 4, 5, 6)], "has the shape (6)" },
            {
                "a.npy",
                [.. Bytes.Npy("<f4", "3, 2", fortran: true), .. Bytes.Of(1f, 2, 3, 4, 5, 6)],
                "np.ascontiguousarray"
            },
            { "a.npy", [1, 2, 3], "does not begin as .npy files do" },
            { "a.npy", [], "is empty: 0 bytes" },
            { "labels", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3], "labels, not vectors" },
            { "a.idx", [0, 0, 0x0D, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3, 4], "only bytes" },
            { "a.fvec", [1, 2, 3], "Is '.fvecs' meant?" },
            { "a.bin", [1, 2, 3], "ends in .fbin" },
            { "a.fbin.gz", Bytes.Gzip(Bytes.Of([.. Enumerable.Range(0, 99)]))[..^9], "cut off" },
        };

    [Theory, MemberData(nameof(BadFiles))]
    public void A_file_that_cannot_be_right_is_refused_with_both_numbers(string name, byte[] bytes, string expected)
    {
        var path = folder.File(name, bytes);

        var refused = Assert.Throws<BadInputException>(() => VectorFile.Open(path));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{path}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Contains(
            "does not exist",
            Assert.Throws<BadInputException>(() => VectorFile.Open("nowhere.fbin")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(float.NaN, "row 1 holds NaN at coordinate 1")]
    [InlineData(float.NegativeInfinity, "row 1 holds -Infinity at coordinate 1")]
    public void What_is_no_number_is_named_by_row_and_coordinate(float bad, string expected)
    {
        var path = folder.File("a.fbin", Bytes.Of(2, 2), Bytes.Of(1f, 2, 3, bad));
        using var vectors = VectorFile.Open(path);

        Assert.Contains(expected, Assert.Throws<BadInputException>(vectors.ToArray).Message, StringComparison.Ordinal);
        Assert.Contains(
            expected,
            Assert.Throws<BadInputException>(() => vectors.TryGet(0, 1, out _)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_row_of_another_dimension_is_found_when_it_is_read()
    {
        using var vectors = VectorFile.Open(folder.File("a.ivecs", Bytes.Of(1, 7, 2, 8)));

        Assert.Contains(
            "row 1 says that it has 2 coordinates, the first row has 1",
            Assert.Throws<BadInputException>(vectors.ToArray).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Floats_that_lie_together_are_handed_out_without_a_copy()
    {
        using var vectors = VectorFile.Open(folder.File("a.fbin", Bytes.Of(3, 2), Bytes.Of(1f, 2, 3, 4, 5, 6)));

        Assert.True(vectors.TryGet(1, 2, out var rows));
        Assert.Equal([3f, 4, 5, 6], rows.ToArray());
        Assert.Equal(0, vectors.ResidentBytes);
    }

    [Fact]
    public void A_limit_keeps_the_first_rows()
    {
        var path = folder.File("a.u8bin", Bytes.Of(3, 2), [1, 2, 3, 4, 5, 6]);
        using var vectors = VectorFile.Open(path, new OpenSettings { Limit = 2 });

        Assert.Equal([1f, 2, 3, 4], vectors.ToArray());
    }

    [Fact]
    public void What_unpacks_to_more_than_allowed_is_refused()
    {
        var path = folder.File("a.u8bin.gz", Bytes.Gzip(Bytes.Of(1, 2), [1, 2]));

        Assert.Contains(
            "unpacks to 10 bytes, more than the 9 bytes",
            Assert
                .Throws<BadInputException>(() => VectorFile.Open(path, new OpenSettings { UnpackAtMost = 9 }))
                .Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => folder.Dispose();
}
