using System.Text;
using VectorQuantization.Formats;
using VectorQuantization.Problems;
using Xunit;

namespace VectorQuantization.Tests.Formats;

/// <summary>npz, text, folders of shards.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<byte[]> Npzs => [SampleFiles.Npz, SampleFiles.PackedNpz];

    [Theory, MemberData(nameof(Npzs))]
    public void Members_of_an_npz_are_chosen_behind_a_colon(byte[] file)
    {
        var path = folder.File("a.npz", file);

        Assert.Equal(SampleFiles.Vectors, Values(path));
        Assert.Equal(SampleFiles.Vectors[..10], Values($"{path}:queries"));
        using var data = DataSet.Open(new DataSetChoice { Dataset = path }, _ => null);
        Assert.Equal((14, 2), (data.Base.Count, data.Queries!.Count));
    }

    [Fact]
    public void Members_that_are_not_packed_take_no_memory()
    {
        using var plain = VectorFile.Open(folder.File("a.npz", SampleFiles.Npz));
        using var packed = VectorFile.Open(folder.File("c.npz", SampleFiles.PackedNpz));

        Assert.Equal((0, 408), (plain.ResidentBytes, packed.ResidentBytes));
    }

    [Theory]
    [InlineData("a.vec", "2 3\nof 1 2.5 -3e-1 \nthe 4 5 6 \n")]
    [InlineData("glove.txt", "of 1 2.5 -3e-1\n. . . 4 5 6\n")]
    [InlineData("a.txt", "of\t1\t2.5\t-.3\r\nthe\t4\t5\t6\r\n")]
    [InlineData("no-end.vec", "2 3\nof 1 2.5 -0.3\nthe 4 5 6")]
    public void Word_vectors_are_read_with_and_without_a_first_line(string name, string text) =>
        Assert.Equal([1f, 2.5f, -0.3f, 4, 5, 6], Values(folder.File(name, Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("3 3\nof 1 2 3\nthe 4 5 6\n", "the first line says 3 rows; 2 follow")]
    [InlineData("2 3\nof 1 2 3\nthe 4 5", "row 1 (counted from 0) has fewer than 3 numbers")]
    [InlineData("2 3\nof 1 2 3\nthe 4 5 6 7\n", "row 1 (counted from 0) has more than 3 numbers")]
    [InlineData("2 3\nof 1 2 3\nthe 4 x 6\n", "row 1 (counted from 0) has 'x' where a number should be")]
    [InlineData("2 3\nof 1 2 3\nthe 4 nan 6\n", "row 1 holds NaN at coordinate 1")]
    [InlineData("Just some notes.\n", "row 0 (counted from 0) has 'notes.' where a number should be")]
    public void Text_that_is_no_word_vectors_is_told_by_row(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<BadInputException>(() => Values(folder.File("a.vec", Encoding.UTF8.GetBytes(text)))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Many_lines_are_found_wherever_a_read_begins()
    {
        const int Rows = 40_000;
        var text = new StringBuilder($"{Rows} 2\n");
        for (var i = 0; i < Rows; i++)
            text.Append("w ").Append(i).Append(" 0.5\n");
        using var vectors = VectorFile.Open(folder.File("a.vec", Encoding.ASCII.GetBytes(text.ToString())));

        var rows = new float[4];
        vectors.Read(32_767, rows);

        Assert.Equal([32_767f, 0.5f, 32_768, 0.5f], rows);
        Assert.False(vectors.TryGet(32_767, 2, out _));
        Assert.True(vectors.TryGet(39_999, 1, out var last));
        Assert.Equal([39_999f, 0.5f], last.ToArray());
    }

    [Fact]
    public void Shards_are_one_set_in_the_order_of_their_names()
    {
        folder.File("b.fbin", Bytes.Of(2, 2), Bytes.Of(3f, 4, 5, 6));
        folder.File("a.fbin", Bytes.Of(1, 2), Bytes.Of(1f, 2));
        folder.File("b0.fbin", Bytes.Of(0, 2));
        folder.File("c.fbin", Bytes.Of(1, 2), Bytes.Of(7f, 8));
        folder.File("README.md", "of no format"u8.ToArray());
        using var all = VectorFile.Open(folder.Path, new OpenSettings { Limit = 4 });

        var middle = new float[4];
        all.Read(2, middle);

        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8], all.ToArray());
        Assert.Equal([5f, 6, 7, 8], middle);
        Assert.True(all.TryGet(1, 2, out _));
        Assert.False(all.TryGet(0, 2, out _));
    }

    [Fact]
    public void All_that_is_wrong_with_shards_is_told_at_once()
    {
        folder.File("a.fbin", Bytes.Of(1, 2), Bytes.Of(1f, 2));
        folder.File("b.fbin", Bytes.Of(1, 3), Bytes.Of(1f, 2, 3));
        folder.File("c.fbin", Bytes.Of(1, 2), Bytes.Of(1f));
        folder.File("d.fbin", []);

        var refused = Assert.Throws<BadInputException>(() => VectorFile.Open(folder.Path));

        Assert.Collection(
            refused.Problems,
            problem => Assert.Contains("c.fbin': the header says 1 × 2", problem, StringComparison.Ordinal),
            problem => Assert.Contains("d.fbin' is empty", problem, StringComparison.Ordinal),
            problem => Assert.Contains("b.fbin' has 3 coordinates a row", problem, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Folders_of_nothing_and_of_several_formats_are_refused()
    {
        Assert.Contains("holds no file of vectors", Refused(), StringComparison.Ordinal);
        folder.File("a.fbin", Bytes.Of(1, 2), Bytes.Of(1f, 2));
        folder.File("a.npy", [.. Bytes.Npy("<f4", "1, 2"), .. Bytes.Of(1f, 2)]);
        Assert.Contains("several formats: 1 fbin, 1 npy", Refused(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Refused() => Assert.Throws<BadInputException>(() => VectorFile.Open(folder.Path)).Message;

    private static float[] Values(string path)
    {
        using var vectors = VectorFile.Open(path);
        return vectors.ToArray();
    }
}
