using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Search;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class InvertedListsTests : IDisposable
{
    private const int Dimension = 16;
    private const int Lists = 20;
    private static readonly MemoryVectors Base = SomeRows.Clustered(6000, Dimension, 30, seed: 1);
    private static readonly float[] Queries = SomeRows.Clustered(50, Dimension, 30, seed: 2).ToArray();
    private readonly string folder = Directory.CreateTempSubdirectory("vq-lists").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    public void Looking_into_all_lists_finds_what_a_flat_scan_finds(Metric metric)
    {
        using var trained = Trained(residual: false);
        var index = InvertedLists.Build(trained, Base, metric, Lists, 2, Stop);

        var flat = new FlatScan(trained.Fine, CodeSet.Encode(trained.Fine, Base, 2, Stop), metric);

        Assert.Equal(flat.Search(Queries, 20, 2, Stop).Ids, index.Search(Queries, 20, 2, Stop).Ids);
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    public void Distances_to_residuals_are_those_to_the_rows_that_they_stand_for(Metric metric)
    {
        using var trained = Trained(residual: true);
        var index = InvertedLists.Build(trained, Base, metric, Lists, 2, Stop);
        var decoded = SomeRows.Decoded(index);

        var found = index.Search(Queries, 20, 2, Stop);

        for (var query = 0; query < 50; query++)
        {
            var asked = Queries.AsSpan(query * Dimension, Dimension);
            Assert.Equal(SomeRows.Nearest(decoded, asked, 20, metric), found.IdsOf(query).ToArray());
        }
    }

    [Fact]
    public void Without_tables_of_lists_residual_queries_find_the_same()
    {
        using var trained = Trained(residual: true);
        using var untabled = trained with { Fine = new WithoutTables(trained.Fine) };
        var index = InvertedLists.Build(trained, Base, Metric.L2, 5, 2, Stop);
        var plain = InvertedLists.Build(untabled, Base, Metric.L2, 5, 2, Stop);

        Assert.Equal(plain.Search(Queries, 20, 2, Stop).Ids, index.Search(Queries, 20, 2, Stop).Ids);
    }

    [Fact]
    public void More_lists_find_more_and_residuals_find_more_than_rows()
    {
        using var trained = Trained(residual: true);
        using var plain = Trained(residual: false);
        var index = InvertedLists.Build(trained, Base, Metric.L2, 1, 2, Stop);
        double[] shares = [.. new[] { 1, 2, 4, Lists }.Select(probes => Share(index.Probing(probes)))];

        Assert.Equal(shares.Order(), shares);
        Assert.True(shares[^1] > shares[0]);
        Assert.True(shares[^1] > Share(InvertedLists.Build(plain, Base, Metric.L2, Lists, 2, Stop)));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        using var trained = Trained(residual: true);
        var alone = InvertedLists.Build(trained, Base, Metric.L2, 4, 1, Stop);
        var together = InvertedLists.Build(trained, Base, Metric.L2, 4, 3, Stop);

        Assert.Equal(alone.Ids, together.Ids);
        var found = alone.Search(Queries, 20, 1, Stop);
        Assert.Equal(found.Ids, together.Search(Queries, 20, 7, Stop).Ids);
        Assert.Equal(found.Distances, together.Search(Queries, 20, 7, Stop).Distances);
    }

    [Fact]
    public void An_index_comes_back_from_its_file_as_it_was()
    {
        var path = Path.Combine(folder, "index.vqi");
        using var trained = Trained(residual: true);
        var index = InvertedLists.Build(trained, Base, Metric.L2, 4, 2, Stop);
        InvertedFile.Save(path, index, "PQ 8x4");

        var loaded = InvertedFile.Load(path);

        Assert.Equal((6000, 4, Metric.L2), (loaded.Count, loaded.Probes, loaded.Metric));
        Assert.Equal((6000 * 4, 6000 * 4), (loaded.CodeBytes, loaded.IdBytes));
        Assert.Equal(index.Search(Queries, 20, 1, Stop).Ids, loaded.Search(Queries, 20, 1, Stop).Ids);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.Throws<BadInputException>(() => InvertedFile.Load(path));
    }

    [Fact]
    public void More_neighbours_than_the_lists_hold_leave_room_marked()
    {
        using var trained = Trained(residual: true);
        var index = InvertedLists.Build(trained, new VectorRange(Base, 0, 3), Metric.L2, Lists, 1, Stop);

        var found = index.Search(Queries.AsMemory(0, Dimension), 5, 1, Stop);

        Assert.Equal([0L, 1, 2], found.IdsOf(0)[..3].ToArray().Order());
        Assert.Equal([-1L, -1], found.IdsOf(0)[3..]);
    }

    private static InvertedQuantiser Trained(bool residual) =>
        InvertedQuantiser.Train(
            Base,
            new InvertedSettings(Lists, residual),
            new ProductSettings(8, 4, 10, 1, 256),
            new Training(1, 2, Stop)
        );

    private static double Share(InvertedLists index)
    {
        var found = index.Search(Queries, 10, 2, Stop);
        return Enumerable
            .Range(0, 50)
            .Average(query =>
                SomeRows
                    .Nearest(Base, Queries.AsSpan(query * Dimension, Dimension), 10)
                    .Intersect(found.IdsOf(query).ToArray())
                    .Count()
            );
    }
}
