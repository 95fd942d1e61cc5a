using Xunit;

namespace Expflow.EndToEnd.Studies;

/// <summary>The pipeline of examples/vq, on data that take seconds, on this machine.</summary>
public sealed class VectorQuantizationTests : IDisposable
{
    // Everything but the data and the length of the lists is the example's own.
    private const string Smaller = """
        extends: fashion-mnist.yaml
        experiment: dummy
        parameters: {data: dummy, k: 100}
        sweep: {grid: {shard: 1..4, codec: ["sq:bits=8", "pq:m=8,bits=4", "rabitq:bits=1"], seed: 1..2}}
        """;

    private readonly Tracking.ScratchProject project = new(Smaller);

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Exact_neighbours_in_shards_every_codec_with_every_seed_and_one_table_of_all()
    {
        var example = Path.Combine(Repository.Root, "examples/vq");
        var (code, printed) = await project.ShellAsync(
            $"""
            mkdir bin
            cp "{example}"/*.yaml .
            cp "{Path.GetDirectoryName(Repository.VectorQuantizationBinary)}"/* bin/
            expflow run e.yaml && expflow verify dummy && cat runs/dummy/report/*/table.txt
            """
        );

        Assert.True(code == 0, printed);
        Assert.Contains("12 runs expected, 12 verified, 0 holes", printed);
        foreach (var line in new[] { "PQ 8x4", "RaBitQ 1", "SQ8" })
            Assert.Contains(line, printed);
        Assert.Contains("9,000 ", printed);
        Assert.Contains("1,000 queries, l2", printed);
    }
}
