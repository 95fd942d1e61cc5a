using VectorQuantization.Problems;
using VectorQuantization.Quantisers;

namespace VectorQuantization.Benchmarks;

/// <summary>All cells of a sweep: every combination, in the order in which they were asked for.</summary>
public static class CellGrid
{
    /// <summary>Makes the cells.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="lists">Values by setting.</param>
    /// <param name="searches">Ways to search.</param>
    /// <param name="seeds">Seeds.</param>
    /// <exception cref="BadInputException">A setting that none of the methods has, or values that a method doesn't take: all of them.</exception>
    public static IReadOnlyList<Cell> Of(
        IReadOnlyList<MethodChoice> methods,
        IReadOnlyDictionary<string, IReadOnlyList<string>> lists,
        IReadOnlyList<SearchSettings> searches,
        IReadOnlyList<ulong> seeds
    )
    {
        var problems = new ProblemList();
        foreach (var name in lists.Keys.Where(name => !methods.Any(choice => Has(choice.Method, name))))
            problems.Add(
                $"'--{name}' is no setting of {string.Join(" or ", methods.Select(choice => choice.Method.Name).Distinct())}. Leave it out."
            );
        var settings = methods.SelectMany(choice =>
            choice.Combinations(lists).Select(given => problems.Try(() => Read(choice.Method, given)))
        );
        Cell[] cells =
        [
            .. settings
                .OfType<QuantiserSettings>()
                .Distinct()
                .SelectMany(_ => searches, (one, search) => (one, search))
                .SelectMany(_ => seeds, (pair, seed) => new Cell(pair.one, pair.search, seed)),
        ];
        problems.ThrowIfAny();
        return cells;
    }

    private static bool Has(QuantiserMethod method, string setting) =>
        method.Settings.Any(known => known.Name == setting);

    private static QuantiserSettings Read(QuantiserMethod method, IReadOnlyDictionary<string, string> given)
    {
        var values = new SettingValues(method.Name, given);
        var settings = method.Read(values);
        values.Done();
        return settings;
    }
}
