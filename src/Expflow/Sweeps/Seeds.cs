namespace Expflow.Sweeps;

/// <summary>Which parameters only repeat a setting with other random numbers.</summary>
public static class Seeds
{
    /// <summary>Those of <paramref name="varying"/> that are called seed: <c>seed</c>, <c>random_seed</c>, <c>data-seed</c>.</summary>
    public static IReadOnlyList<string> Among(IReadOnlyList<string> varying) =>
        [.. varying.Where(name => name.Split(['_', '-', '.'])[^1].Equals("seed", StringComparison.OrdinalIgnoreCase))];
}
