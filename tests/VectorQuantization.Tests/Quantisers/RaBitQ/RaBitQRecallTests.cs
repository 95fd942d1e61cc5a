using VectorQuantization.Neighbours;
using VectorQuantization.Search;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.RaBitQ;

/// <summary>What a search of Fashion-MNIST finds, against what FAISS's RaBitQ codes found there.</summary>
public sealed class RaBitQRecallTests
{
    private const int Count = 200;

    private static readonly Lazy<NeighbourTable> Truth = new(() =>
        ExactSearch.Find(Codes.Pictures, Queries, Metric.L2, 100, 2, CancellationToken.None)
    );

    private static VectorRange Queries => new(FashionMnistRows.Queries, 0, Count);

    // R@1, R@10 and the shared part of the ten and hundred nearest; FAISS of three rotations, 1,000 queries: .591 to .616,
    // .980 to .983, .7209 to .7243, .8158 to .8179. Fewer queries here, hence the wider bands.
    [Theory]
    [InlineData("bits=1", .603, .981, .722, .817, .05)]
    [InlineData("bits=1 rotation=hadamard", .603, .981, .722, .817, .05)]
    [InlineData("bits=1 rotation=none", .283, .781, .449, .622, .05)]
    [InlineData("bits=1 rotation=none centre=origin", .017, .122, .051, .198, .03)]
    public void One_bit_finds_as_much_as_FAISS_does_with_rotation_and_as_little_without(
        string settings,
        double atOne,
        double atTen,
        double ten,
        double hundred,
        double band
    )
    {
        var stop = TestContext.Current.CancellationToken;
        var quantiser = Codes.Train(Codes.Settings("rabitq", settings), Codes.Pictures);
        var codes = CodeSet.Encode(quantiser, Codes.Pictures, 2, stop);

        var found = new FlatScan(quantiser, codes, Metric.L2).Search(Queries.ToArray(), 100, 2, stop);

        double Share(Func<int, double> of) => Enumerable.Range(0, Count).Average(of);
        double Common(int k) =>
            Share(i =>
                found.IdsOf(i)[..k].ToArray().Intersect(Truth.Value.IdsOf(i)[..k].ToArray()).Count() / (double)k
            );
        Assert.Equal(atOne, Share(i => found.IdsOf(i)[0] == Truth.Value.IdsOf(i)[0] ? 1 : 0), band);
        Assert.Equal(atTen, Share(i => found.IdsOf(i)[..10].Contains(Truth.Value.IdsOf(i)[0]) ? 1 : 0), band);
        Assert.Equal(ten, Common(10), band / 2);
        Assert.Equal(hundred, Common(100), band / 2);
    }
}
