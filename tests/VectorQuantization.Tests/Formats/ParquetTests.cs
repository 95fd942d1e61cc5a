using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class ParquetTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void A_column_of_lists_beside_texts_is_read_over_row_groups()
    {
        using var floats = VectorFile.Open(folder.File("f.parquet", SampleFiles.FloatParquet));
        using var doubles = VectorFile.Open(folder.File("d.parquet", SampleFiles.DoubleParquet));

        Assert.Equal((14, 5, ElementType.Float32), (floats.Count, floats.Dimension, floats.Element));
        Assert.Equal(ElementType.Float64, doubles.Element);
        Assert.Equal(SampleFiles.Vectors, floats.ToArray());
        Assert.Equal(SampleFiles.Vectors, doubles.ToArray());
        var middle = new float[10];
        floats.Read(11, middle);
        Assert.Equal(SampleFiles.Vectors[55..65], middle);
        Assert.Equal(["emb"], VectorFile.Elements(floats.Origin));
    }

    [Fact]
    public void A_folder_of_parquet_files_is_one_set()
    {
        folder.File("0000.parquet", SampleFiles.FloatParquet);
        folder.File("0001.parquet", SampleFiles.FloatParquet);
        using var all = VectorFile.Open($"{folder.Path}:emb", new OpenSettings { Limit = 20 });

        Assert.Equal([.. SampleFiles.Vectors, .. SampleFiles.Vectors[..30]], all.ToArray());
        Assert.Equal("folder of parquet", VectorFile.FormatName(folder.Path));
    }

    [Fact]
    public void Rows_of_other_lengths_are_named()
    {
        // 14 × 5 numbers in all, but row 7 has 4 and row 8 has 6.
        using var vectors = VectorFile.Open(folder.File("a.parquet", SampleFiles.RaggedParquet));

        Assert.Contains(
            "row 7 (counted from 0) is not 5 numbers long",
            Assert.Throws<BadInputException>(vectors.ToArray).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_column_that_is_no_list_is_refused_with_those_that_are() =>
        Assert.Contains(
            "has no 'title' among its columns of lists of floats. It has emb.",
            Assert
                .Throws<BadInputException>(() =>
                    VectorFile.Open($"{folder.File("a.parquet", SampleFiles.FloatParquet)}:title")
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    [InlineData(2900)]
    public void A_file_that_was_cut_off_is_refused(int length) =>
        Assert.Contains(
            "can't be read as Parquet",
            Assert
                .Throws<BadInputException>(() =>
                    VectorFile.Open(folder.File("a.parquet", SampleFiles.FloatParquet[..length]))
                )
                .Message,
            StringComparison.Ordinal
        );

    public void Dispose() => folder.Dispose();
}
