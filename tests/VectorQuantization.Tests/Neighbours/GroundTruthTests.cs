using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Neighbours;

public sealed class GroundTruthTests : IDisposable
{
    private const int K = 7;

    private static readonly MemoryVectors Rows = Integers("folder/base.fbin", 1, 5000);
    private static readonly MemoryVectors Queries = Integers("queries.fbin", 2, 100);

    private readonly TemporaryFolder folder = new();

    private string Target => folder.File("gt.vqt");

    [Fact]
    public void What_was_computed_is_what_is_read_again()
    {
        Compute(Request());

        var table = Load().CheckFor(Rows, Queries, Metric.L2, 5, 1);

        var expected = ExactSearch.Find(Rows, Queries, Metric.L2, 5, 1, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Ids, table.Ids);
        Assert.Equal(expected.Distances, table.Distances);
    }

    [Fact]
    public void The_first_queries_alone_are_fine()
    {
        Compute(Request());

        var table = Load().CheckFor(Rows, new VectorRange(Queries, 0, 3), Metric.L2, K, 1);

        Assert.Equal(3, table.Queries);
    }

    [Fact]
    public void All_disagreements_are_told_at_once()
    {
        Compute(Request() with { QueryIds = [.. Enumerable.Range(0, 100)], SelfExcluded = true });
        var other = Integers("other.fbin", 3, 5000);

        var refused = Assert.Throws<BadInputException>(() =>
            Load().CheckFor(other, Integers("q.npy", 4, 10), Metric.Cosine, 10, 1)
        );

        Assert.Collection(
            refused.Problems,
            metric => Assert.Contains("was made for the metric l2, not cosine", metric, StringComparison.Ordinal),
            k => Assert.Contains("holds 7 neighbours a query, fewer than the 10 needed", k, StringComparison.Ordinal),
            self => Assert.Contains("leaves each query out", self, StringComparison.Ordinal),
            print =>
                Assert.Contains(
                    "made of another base ('base.fbin') than 'other.fbin'",
                    print,
                    StringComparison.Ordinal
                ),
            query =>
                Assert.Contains(
                    "made of other queries ('queries.fbin') than 'q.npy': query 0",
                    query,
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(5, 1)] // the last of five has fewer rows than there are neighbours
    public void Shards_merge_to_the_bytes_of_the_whole(int ofBase, int ofQueries)
    {
        var request = Request() with { K = 950 };
        Compute(request);
        var shards = Shards(request, ofBase, ofQueries).Reverse().ToArray();

        var (header, sections) = GroundTruthMerge.Of(shards, "vq-benchmark test");
        GroundTruthFile.Write(folder.File("merged"), header, sections);

        Assert.Equal(File.ReadAllBytes(Target), File.ReadAllBytes(folder.File("merged")));
    }

    [Fact]
    public void Missing_and_doubled_shards_are_named()
    {
        var shards = Shards(Request(), 3, 2).ToArray();

        var refused = Assert.Throws<BadInputException>(() =>
            GroundTruthMerge.Of([shards[0], shards[2], shards[3], shards[4], shards[5], shards[5]], "test")
        );

        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("rows 1024 to 3071 are in none of the files", refused.Problems[0], StringComparison.Ordinal);
        Assert.Contains("Give each part once", refused.Problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_of_other_work_are_refused()
    {
        var one = Shards(Request(), 2, 1).First();
        var other = Shards(Request() with { Metric = Metric.InnerProduct, K = 3 }, 2, 1).Last();

        var refused = Assert.Throws<BadInputException>(() => GroundTruthMerge.Of([one, other], "test"));

        Assert.Contains("metric ip instead of l2, k 3 instead of 7", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_left_out_of_their_own_answers_stay_so_in_shards()
    {
        var ids = Enumerable.Range(0, 100).Select(i => (long)(i * 50)).ToArray();
        var request = Request() with { Queries = new SelectedVectors(Rows, ids), QueryIds = ids, SelfExcluded = true };
        var whole = Compute(request);

        var (_, merged) = GroundTruthMerge.Of([.. Shards(request, 4, 2)], "test");

        Assert.All(ids, (id, query) => Assert.DoesNotContain(id, whole.Table(100, K).IdsOf(query).ToArray()));
        Assert.Equal(whole.Sections.Ids, merged.Ids);
        Assert.Equal(ids, merged.QueryIds);
    }

    [Theory]
    [InlineData(0, "is no ground truth of vq-benchmark")]
    [InlineData(5, "is no ground truth of vq-benchmark")]
    [InlineData(1000, "It was cut off or changed")]
    public void A_file_cut_off_is_refused(int bytes, string why)
    {
        Compute(Request());
        File.WriteAllBytes(Target, File.ReadAllBytes(Target)[..bytes]);

        Assert.Contains(why, Assert.Throws<BadInputException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_bit_is_noticed()
    {
        Compute(Request());
        var bytes = File.ReadAllBytes(Target);
        bytes[^5000] ^= 1;
        File.WriteAllBytes(Target, bytes);

        Assert.Contains("is damaged", Assert.Throws<BadInputException>(Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void What_was_stopped_goes_on_where_it_was_whatever_was_torn_off(int torn)
    {
        var expected = Compute(Request());
        var bytes = File.ReadAllBytes(Target);
        File.Delete(Target);
        using var stop = new CancellationTokenSource();
        var job = Job(Request(), 10);
        Assert.Throws<OperationCanceledException>(() =>
            job.Run(
                Target,
                share =>
                {
                    if (share > 0.55)
                        stop.Cancel();
                },
                stop.Token
            )
        );
        using (var partial = File.OpenWrite(Target + ".partial"))
            partial.SetLength(partial.Length - torn);

        var again = Job(Request(), 30);
        again.Run(Target, _ => { }, TestContext.Current.CancellationToken);

        Assert.InRange(again.Resumed, torn == 5000 ? 0 : 40, 60);
        Assert.Equal(bytes, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Target + ".partial"));
        Assert.Equal(
            expected.Header,
            Job(Request(), 10).Run(Target, _ => { }, TestContext.Current.CancellationToken).Header
        );
    }

    [Fact]
    public void What_was_begun_for_other_work_is_not_gone_on_with()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Job(Request(), 10).Run(Target, _ => stop.Cancel(), stop.Token));

        var refused = Assert.Throws<BadInputException>(() => Compute(Request() with { K = 3 }));

        Assert.Contains(
            "was begun for other work than is asked for now: k 7 instead of 3",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void All_that_is_wrong_with_a_request_is_told_at_once()
    {
        var request = new GroundTruthRequest(Rows, new MemoryVectors("q", new float[6], 3), Metric.L2, 5001)
        {
            SelfExcluded = true,
            BaseShard = new Shard(0, 6),
            QueryShard = new Shard(0, 3),
        };

        Assert.Equal(5, Assert.Throws<BadInputException>(request.Check).Problems.Count);
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".ivecs")]
    [InlineData(".ibin")]
    [InlineData(".hdf5")]
    public void What_is_exported_can_be_used_as_somebody_elses_truth(string extension)
    {
        var truth = Compute(Request());
        var path = folder.File("export" + extension);

        GroundTruthExport.Write(path, truth, (Rows, Queries));
        var bare = GroundTruth.Load(path);

        Assert.Equal(truth.Table(100, 4).Ids, bare.CheckFor(Rows, Queries, Metric.L2, 4, 1).Ids);
        Assert.NotNull(bare.Caveat);
        Assert.Contains(
            "of other vectors, or of another metric",
            Assert
                .Throws<BadInputException>(() => bare.CheckFor(Integers("x", 9, 5000), Queries, Metric.L2, 4, 1))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "rows 0 to 99",
            Assert.Throws<BadInputException>(() => bare.CheckFor(Queries, Queries, Metric.L2, 4, 1)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Big_ann_files_hold_ids_and_then_distances()
    {
        var truth = Compute(Request());
        GroundTruthExport.Write(folder.File("gt.bin"), truth, null);

        var bytes = File.ReadAllBytes(folder.File("gt.bin"));

        Assert.Equal(8 + (100 * K * 8), bytes.Length);
        Assert.Equal([100, K], [BitConverter.ToInt32(bytes, 0), BitConverter.ToInt32(bytes, 4)]);
        Assert.Equal(truth.Sections.Ids[^1], BitConverter.ToInt32(bytes, 8 + (((100 * K) - 1) * 4)));
        Assert.Equal((float)truth.Sections.Distances[^1], BitConverter.ToSingle(bytes, bytes.Length - 4));
    }

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    private static GroundTruthRequest Request() => new(Rows, Queries, Metric.L2, K);

    private static GroundTruthJob Job(GroundTruthRequest request, int block) =>
        new(request, "vq-benchmark test", 2) { BlockQueries = block };

    private DescribedTruth Compute(GroundTruthRequest request) =>
        Job(request, 30).Run(Target, _ => { }, TestContext.Current.CancellationToken);

    private IEnumerable<DescribedTruth> Shards(GroundTruthRequest request, int ofBase, int ofQueries) =>
        from query in Enumerable.Range(0, ofQueries)
        from row in Enumerable.Range(0, ofBase)
        select Job(request with { BaseShard = new Shard(row, ofBase), QueryShard = new Shard(query, ofQueries) }, 30)
            .Run(folder.File($"{row}-{query}-{request.Metric}"), _ => { }, TestContext.Current.CancellationToken);

    private GroundTruth Load() => GroundTruth.Load(Target);

    // Few different values: ties everywhere.
    private static MemoryVectors Integers(string origin, ulong seed, int count)
    {
        var random = new RandomSequence(seed);
        return new(origin, [.. Enumerable.Range(0, count * 8).Select(_ => (float)random.NextBelow(10))], 8);
    }
}
