using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class DataSetTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Dummy_is_numpys_stream_of_seed_42()
    {
        using var data = DataSet.Open(new DataSetChoice { Dataset = "dummy" }, NoVariables);
        var values = data.Base.ToArray();

        // RandomState(42).randn(10000, 1024), rounded to single
        float[] first = [.4967141530f, -.1382643012f, .6476885381f, 1.5230298564f, -.2341533747f, -.2341369569f];
        Assert.Equal((10_000, 1024), (data.Base.Count, data.Base.Dimension));
        Assert.Equal(first, values[..6]);
        Assert.Equal(-.8704437873f, values[^1]);
        Assert.Equal(1575.85755756, -values.Sum(value => (double)value), 0.01);
        Assert.Equal(10241327.44474829, values.Sum(value => (double)value * value), 0.1);
        Assert.Null(data.Queries);
    }

    [Fact]
    public void Fashion_mnist_is_what_everybody_has()
    {
        FashionMnist.Check(FashionMnist.Require(NoVariables));
        using var data = DataSet.Open(new DataSetChoice { Dataset = "fashion-mnist", QueryLimit = 1000 }, NoVariables);

        Assert.Equal((60_000, 784), (data.Base.Count, data.Base.Dimension));
        Assert.Equal((1000, 784), (data.Queries!.Count, data.Queries.Dimension));
        var pair = new float[2 * 784];
        data.Queries.Read(0, pair.AsSpan(0, 784));
        data.Base.Read(18094, pair.AsSpan(784));
        // the nearest neighbour of the first query, as FAISS 1.7.3 finds it
        Assert.Equal(
            232610f,
            VectorQuantization.Numerics.Kernels.SquaredDistance(pair.AsSpan(0, 784), pair.AsSpan(784))
        );
    }

    [Fact]
    public void Queries_of_another_dimension_and_a_missing_base_are_told_at_once()
    {
        var queries = folder.File("q.u8bin", Bytes.Of(1, 2), [1, 2]);
        var all = folder.File("b.u8bin", Bytes.Of(1, 3), [1, 2, 3]);

        Assert.Contains(
            "has 2 coordinates a row",
            Refused(new DataSetChoice { Base = all, Queries = queries }),
            StringComparison.Ordinal
        );
        Assert.Equal(2, Refused(new DataSetChoice { Base = "nowhere", Queries = "nowhere too" }).Split('\n').Length);
    }

    [Fact]
    public void Data_must_be_named() =>
        Assert.Contains("No data were named", Refused(new DataSetChoice()), StringComparison.Ordinal);

    [Fact]
    public void The_metric_asked_for_goes_before_all()
    {
        var choice = new DataSetChoice
        {
            Dataset = "dummy",
            DummyRows = 3,
            DummyDimension = 2,
            Metric = Metric.Cosine,
        };
        using var data = DataSet.Open(choice, NoVariables);

        Assert.Equal(Metric.Cosine, data.Metric);
    }

    public void Dispose() => folder.Dispose();

    private static string? NoVariables(string name) => null;

    private static string Refused(DataSetChoice choice) =>
        Assert.Throws<BadInputException>(() => DataSet.Open(choice, NoVariables)).Message;
}
