using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Neighbours;

public sealed class ExactSearchTests
{
    // The expected values are of integer arithmetic in numpy, ties to the lower id.
    [Fact]
    public void Fashion_mnist_has_the_neighbours_of_integer_arithmetic()
    {
        var truth = ExactSearch.Find(
            FashionMnistRows.Base,
            FashionMnistRows.Queries,
            Metric.L2,
            100,
            Environment.ProcessorCount,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("56061904f5daf91d6bf2c58d146578e8", Md5(truth, 100));
        Assert.Equal("2e64aad6bc0cbf79cc2ce415578da668", Md5(truth, 10));
        Assert.Equal([18094, 53939, 18352, 52468, 15081], truth.IdsOf(0)[..5]);
        Assert.Equal([232610, 465111, 501971, 532363, 580701], truth.DistancesOf(0)[..5]);
        Assert.Equal([10433, 47520, 15457, 22339, 8477], truth.IdsOf(9999)[..5]);
        Assert.Equal(30_107_381_321, Sum(truth.Ids, 100, 100));
        Assert.Equal(3_011_167_940, Sum(truth.Ids, 100, 10));
        Assert.Equal(300_660_537, Sum(truth.Ids, 100, 1));
        Assert.Equal(1_551_003_392_761, SumOfDistances(truth, 100));
        Assert.Equal(116_298_688_830, SumOfDistances(truth, 10));
        Assert.Equal(9_270_785_279, SumOfDistances(truth, 1));
    }

    [Theory]
    [InlineData(Metric.L2, 0f)]
    [InlineData(Metric.L2, 1000f)]
    [InlineData(Metric.InnerProduct, 0f)]
    [InlineData(Metric.InnerProduct, 10f)]
    [InlineData(Metric.Cosine, 0f)]
    [InlineData(Metric.Cosine, 10f)]
    public void Neighbours_are_those_of_every_pair_in_double_precision(Metric metric, float offset)
    {
        var random = new RandomSequence(1);
        var rows = Gaussian(random, 5000, 37, offset);
        var queries = Gaussian(random, 50, 37, offset);

        var found = ExactSearch.Find(rows, queries, metric, 20, threads: 2, TestContext.Current.CancellationToken);

        AssertSame(rows, queries, metric, found);
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    [InlineData(Metric.Cosine)]
    public void Thousands_of_equal_rows_come_in_the_order_of_their_numbers(Metric metric)
    {
        var random = new RandomSequence(2);
        var few = Gaussian(random, 3, 16, 0).Values.ToArray();
        var rows = new MemoryVectors("rows", [.. Enumerable.Repeat(few, 2000).SelectMany(x => x)], 16);
        var queries = Gaussian(random, 5, 16, 0);

        AssertSame(
            rows,
            queries,
            metric,
            ExactSearch.Find(rows, queries, metric, 200, threads: 2, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(300)]
    public void Any_k_up_to_the_number_of_rows_is_answered(int k)
    {
        var random = new RandomSequence(3);
        var rows = Gaussian(random, 300, 5, 0);
        var queries = Gaussian(random, 7, 5, 0);

        AssertSame(
            rows,
            queries,
            Metric.L2,
            ExactSearch.Find(rows, queries, Metric.L2, k, threads: 1, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    [InlineData(Metric.Cosine)]
    public void Lengths_from_the_smallest_to_the_largest_float_lose_nobody(Metric metric)
    {
        var random = new RandomSequence(4);
        var values = Gaussian(random, 2000, 8, 0).Values.ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] *= MathF.Pow(10, (i / 8 % 70) - 35);
        var rows = new MemoryVectors("rows", values, 8);
        var queries = new MemoryVectors("queries", values[..(8 * 140)], 8);

        AssertSame(
            rows,
            queries,
            metric,
            ExactSearch.Find(rows, queries, metric, 10, threads: 2, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void A_query_that_is_a_row_of_the_base_is_left_out_of_its_own_answer()
    {
        var rows = Gaussian(new RandomSequence(5), 100, 4, 0);
        var search = new ExactSearch(rows, Metric.L2, 99, threads: 1);
        var ids = new long[2 * 99];

        search.Answer(
            rows,
            7,
            new long[] { 7, -1 },
            ids,
            new double[ids.Length],
            null,
            TestContext.Current.CancellationToken
        );

        Assert.DoesNotContain(7, ids[..99]);
        Assert.Equal(Enumerable.Range(0, 100).Where(id => id != 7).Select(id => (long)id), ids[..99].Order());
        Assert.Equal(8, ids[99]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_is_refused_with_its_row(float value)
    {
        var values = new float[400];
        values[(4 * 77) + 2] = value;
        var rows = new MemoryVectors("base.fbin", values, 4);

        var refused = Assert.Throws<BadInputException>(() =>
            ExactSearch.Find(
                rows,
                new MemoryVectors("q", new float[4], 4),
                Metric.L2,
                1,
                1,
                TestContext.Current.CancellationToken
            )
        );

        Assert.StartsWith("'base.fbin': row 77 holds NaN or an infinity", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_have_no_cosine()
    {
        var rows = new MemoryVectors("base.fbin", [1, 0, 0, 0], 2);

        var refused = Assert.Throws<BadInputException>(() =>
            ExactSearch.Find(
                rows,
                new MemoryVectors("q", [1, 1], 2),
                Metric.Cosine,
                1,
                1,
                TestContext.Current.CancellationToken
            )
        );

        Assert.StartsWith("'base.fbin': row 1 is all zero", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_neighbours_than_rows_are_refused()
    {
        var rows = new MemoryVectors("base.fbin", new float[8], 2);

        var refused = Assert.Throws<BadInputException>(() => new ExactSearch(rows, Metric.L2, 5, 1));

        Assert.Equal(
            "'base.fbin' has 4 rows, fewer than the 5 neighbours asked for. Ask for at most 4.",
            refused.Message
        );
    }

    private static void AssertSame(MemoryVectors rows, MemoryVectors queries, Metric metric, NeighbourTable found)
    {
        for (var query = 0; query < queries.Count; query++)
        {
            var all = Enumerable
                .Range(0, (int)rows.Count)
                .Select(id =>
                    (Distance: ExactDistance.Between(metric, Row(queries, query), Row(rows, id)), Id: (long)id)
                )
                .Order()
                .Take(found.K)
                .ToArray();
            Assert.Equal(all.Select(pair => pair.Id), found.IdsOf(query).ToArray());
            Assert.Equal(all.Select(pair => (float)pair.Distance), found.DistancesOf(query).ToArray());
        }
    }

    private static ReadOnlySpan<float> Row(MemoryVectors rows, int row) =>
        rows.Values.Slice(row * rows.Dimension, rows.Dimension);

    private static MemoryVectors Gaussian(RandomSequence random, int count, int dimension, float offset) =>
        new(
            "rows",
            [.. Enumerable.Range(0, count * dimension).Select(_ => offset + (float)random.NextGaussian())],
            dimension
        );

    private static string Md5(NeighbourTable truth, int k)
    {
        var ids = Enumerable.Range(0, truth.Queries).SelectMany(query => truth.IdsOf(query)[..k].ToArray());
        return Convert.ToHexStringLower(
#pragma warning disable CA5351 // the published checksum is an MD5
            MD5.HashData(MemoryMarshal.AsBytes(ids.Select(id => (int)id).ToArray().AsSpan()))
#pragma warning restore CA5351
        );
    }

    private static long Sum(ReadOnlySpan<long> values, int stride, int k)
    {
        var sum = 0L;
        for (var i = 0; i < values.Length; i++)
            sum += i % stride < k ? values[i] : 0;
        return sum;
    }

    // Pixels are whole numbers from 0 to 255: every distance is one, too.
    private static long SumOfDistances(NeighbourTable truth, int k)
    {
        var (rows, queries) = (FashionMnistRows.Base, FashionMnistRows.Queries);
        var row = new float[rows.Dimension];
        var query = new float[rows.Dimension];
        var sum = 0L;
        for (var i = 0; i < truth.Queries; i++)
        {
            queries.Read(i, query);
            foreach (var id in truth.IdsOf(i)[..k])
            {
                rows.Read(id, row);
                sum += (long)ExactDistance.Squared(query, row);
            }
        }
        return sum;
    }
}
