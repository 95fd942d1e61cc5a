namespace VectorQuantization.Quantisers.Product;

/// <summary>Numbers of parts that a dimension can be cut into.</summary>
internal static class Divisors
{
    /// <summary>The way out for someone who asked for <paramref name="asked"/> parts: the divisors next to that.</summary>
    public static string Near(int dimension, int asked)
    {
        var all = Enumerable.Range(1, dimension).Where(part => dimension % part == 0).ToArray();
        var below = all.LastOrDefault(part => part < asked);
        var above = all.FirstOrDefault(part => part > asked);
        return (below, above) switch
        {
            (_, 0) => $"Take {below}.",
            (0, _) => $"Take {above}.",
            _ => $"Take {below} or {above}.",
        };
    }
}
