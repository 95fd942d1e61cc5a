using Expflow.ClusterTests.Recovery;
using Xunit;

namespace Expflow.ClusterTests.Studies;

/// <summary>The pipeline of examples/vq as job arrays: ground truth in shards, merged, codecs, one table.</summary>
public sealed class VectorQuantizationTests(Clusters clusters) : RecoveryTest(clusters)
{
    private const string Smaller = """
        extends: fashion-mnist.yaml
        experiment: dummy
        parameters: {data: dummy, k: 100}
        sweep: {grid: {shard: 1..4, codec: ["sq:bits=8", "pq:m=8,bits=4"], seed: [1]}}
        resources: {cpus: 1, memory: 500M}
        """;

    [Fact]
    public async Task Ground_truth_in_shards_is_merged_once_and_every_codec_is_held_against_it()
    {
        Copy("vq");
        Project.Write("small.yaml", Smaller);
        var program = Path.GetDirectoryName(Repository.VectorQuantizationBinary);
        Assert.Equal(0, (await Project.Shell($"mkdir bin; cp '{program}'/* bin/")).Code);

        await Submit("small.yaml");
        await WaitUntilQuiet();

        Assert.Equal("8 done", await Standing("dummy"));
        Assert.Equal(0, (await Project.Run("verify", "dummy")).Code);
        var table = (await Project.Shell("cat runs/dummy/report/*/table.txt")).Text;
        Assert.Contains("SQ8", table);
        Assert.Contains("PQ 8x4", table);
        Assert.DoesNotContain("Failed", table);
    }
}
