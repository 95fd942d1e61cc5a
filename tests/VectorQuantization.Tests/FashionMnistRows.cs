using VectorQuantization.Formats;
using VectorQuantization.Vectors;

namespace VectorQuantization.Tests;

/// <summary>Fashion-MNIST, opened once for all tests.</summary>
internal static class FashionMnistRows
{
    private static readonly Lazy<VectorSet> train = new(() => FashionMnist.OpenBase(Folder()));
    private static readonly Lazy<VectorSet> test = new(() => FashionMnist.OpenQueries(Folder()));

    /// <summary>60,000 rows of 784.</summary>
    public static VectorSet Base => train.Value;

    /// <summary>10,000 rows of 784.</summary>
    public static VectorSet Queries => test.Value;

    // Where Debian's package or 'vq-benchmark data fashion-mnist' put it.
    private static string Folder() => FashionMnist.Require(Environment.GetEnvironmentVariable);
}
