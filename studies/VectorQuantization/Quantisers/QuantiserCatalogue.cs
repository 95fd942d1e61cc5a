namespace VectorQuantization.Quantisers;

/// <summary>All methods, in the order in which <c>--help</c> names them.</summary>
public static class QuantiserCatalogue
{
    /// <summary>The methods. A new one is a line here and a folder beside this file.</summary>
    public static IReadOnlyList<QuantiserMethod> All { get; } =
    [
        Product.ProductSettings.InCatalogue,
        Product.RotatedSettings.InCatalogue,
        Residual.ResidualSettings.InCatalogue,
        Scalar.ScalarSettings.InCatalogue,
        RaBitQ.RaBitQSettings.InCatalogue,
        Lvq.LvqSettings.InCatalogue,
        Saq.SaqSettings.InCatalogue,
    ];

    /// <summary>The method of that name, or null.</summary>
    public static QuantiserMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);
}
