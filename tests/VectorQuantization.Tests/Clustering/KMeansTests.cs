using VectorQuantization.Clustering;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Clustering;

public sealed class KMeansTests
{
    [Fact]
    public void Clusters_far_from_each_other_are_found_and_their_means_are_the_centroids()
    {
        var random = new RandomSequence(3);
        float[] centres = [0, 0, 100, 0, 0, 100, 100, 100];
        var rows = new float[400 * 2];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = centres[(i / 2 % 4 * 2) + (i % 2)] + (float)random.NextGaussian();

        var found = Train(new MemoryVectors("rows", rows, 2), new KMeansSettings(4));

        for (var cluster = 0; cluster < 4; cluster++)
        {
            var mean = Enumerable.Range(0, 2).Select(k => Members(cluster).Average(row => (double)rows[(2 * row) + k]));
            Assert.Contains(
                found.Centroids.Chunk(2),
                c => c.Zip(mean, (value, expected) => Math.Abs(value - expected)).Max() < 1e-4
            );
        }
        Assert.False(found.FewRows);

        IEnumerable<int> Members(int cluster) => Enumerable.Range(0, 400).Where(row => row % 4 == cluster);
    }

    [Theory]
    [InlineData(1, 16, 5)]
    [InlineData(14, 256, 130)]
    [InlineData(33, 7, 64)]
    [InlineData(784, 30, 65)]
    public void The_nearest_centroid_is_the_one_that_a_plain_search_finds(int dimension, int centroids, int rows)
    {
        // Far from zero, where x·c − |c|²/2 alone would lose the digits that matter.
        var c = Gaussian(centroids * dimension, seed: 1, mean: 1000);
        var x = Gaussian(rows * (dimension + 3), seed: 2, mean: 1000);
        using var table = CentroidTable.Of(c, dimension);
        var found = new int[rows];

        table.Nearest(x, dimension + 3, found);

        for (var row = 0; row < rows; row++)
        {
            var distances = Enumerable.Range(0, centroids).Select(j => Distance(row, j)).ToArray();
            Assert.Equal(distances.Min(), distances[found[row]], 1e-4 * dimension);
        }

        double Distance(int row, int j) =>
            Enumerable
                .Range(0, dimension)
                .Sum(k => Math.Pow((double)x[(row * (dimension + 3)) + k] - c[(j * dimension) + k], 2));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var rows = new MemoryVectors("rows", Gaussian(5000 * 9, seed: 4), 9);
        var settings = new KMeansSettings(50, Iterations: 8, Restarts: 2);

        var one = Train(rows, settings, threads: 1);
        var four = Train(rows, settings, threads: 4);

        Assert.Equal(one.Centroids, four.Centroids);
        Assert.Equal(one.Error, four.Error);
    }

    [Fact]
    public void More_restarts_never_end_worse()
    {
        var rows = new MemoryVectors("rows", Gaussian(2000 * 4, seed: 5), 4);

        var errors = new[] { 1, 2, 5 }.Select(restarts =>
            Train(rows, new KMeansSettings(30, Restarts: restarts)).Error
        );

        Assert.Equal(errors.OrderDescending(), errors);
    }

    [Fact]
    public void Fewer_different_rows_than_centroids_are_all_met_exactly()
    {
        var rows = Enumerable.Range(0, 300).Select(i => (float)(i % 5)).ToArray();

        var found = Train(new MemoryVectors("rows", rows, 1), new KMeansSettings(8));

        Assert.Equal(0, found.Error);
        Assert.True(found.FewRows);
    }

    [Fact]
    public void A_centroid_that_no_row_is_nearest_to_gets_rows_again()
    {
        // Nearly all starts are drawn from the few rows that lie far out, which leaves centroids without rows.
        var rows = Gaussian(4096, seed: 6);
        for (var i = 0; i < 64; i++)
            rows[i] = 1e4f * (1 + (i % 3));

        var found = Train(new MemoryVectors("rows", rows, 1), new KMeansSettings(64));

        Assert.Equal(64, found.Centroids.Distinct().Count());
        Assert.True(found.Error < 4096 * 0.02, $"{found.Error}");
    }

    [Fact]
    public void Too_few_rows_and_rows_that_hold_no_number_are_refused()
    {
        var few = new MemoryVectors("few.npy", new float[3], 1);
        var bad = Gaussian(100, seed: 7);
        bad[53] = float.NaN;

        var tooFew = Assert.Throws<BadInputException>(() => Train(few, new KMeansSettings(4)));
        var noNumber = Assert.Throws<BadInputException>(() =>
            Train(new MemoryVectors("bad.npy", bad, 2), new KMeansSettings(4))
        );

        Assert.StartsWith("'few.npy' has 3 rows, too few to find 4 centroids", tooFew.Message);
        Assert.StartsWith("'bad.npy': row 26 holds NaN at coordinate 1", noNumber.Message);
    }

    private static KMeansResult Train(VectorSet rows, KMeansSettings settings, int threads = 2) =>
        KMeans.Train(rows, settings, new RandomSequence(1), threads, TestContext.Current.CancellationToken);

    private static float[] Gaussian(int count, ulong seed, float mean = 0)
    {
        var random = new RandomSequence(seed);
        return [.. Enumerable.Range(0, count).Select(_ => mean + (float)random.NextGaussian())];
    }
}
