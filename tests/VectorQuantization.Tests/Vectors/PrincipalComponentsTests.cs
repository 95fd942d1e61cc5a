using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Vectors;

public sealed class PrincipalComponentsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Fashion-MNIST, computed by numpy in double precision.
    [Fact]
    public void Energies_of_Fashion_MNIST_are_known()
    {
        var components = PrincipalComponents.Of(FashionMnistRows.Base, 2, Stop);

        var total = components.Variances.Sum();
        Assert.Equal(4_435_762.4, total, tolerance: 0.5);
        foreach (var (count, energy) in new[] { (8, .6933), (16, .7652), (32, .8261), (64, .8813), (128, .9280) })
            Assert.Equal(energy, components.Variances.Take(count).Sum() / total, 5e-5);
    }

    [Fact]
    public void Axes_turn_a_stretched_and_shifted_cloud_back()
    {
        // (10 + 3a + b, 20 + 3a − b): variance 18 along (1, 1), 2 along (1, −1), for a and b = ±1.
        var rows = new MemoryVectors("four", [14, 22, 12, 24, 8, 16, 6, 18], 2);

        var components = PrincipalComponents.Of(rows, 1, Stop);

        Assert.Equal([10, 20], components.Mean);
        Assert.Equal([18, 2], components.Variances.Select(variance => Math.Round(variance, 5)));
        Assert.Equal(components.Axes[0], components.Axes[1], 1e-6);
    }
}
