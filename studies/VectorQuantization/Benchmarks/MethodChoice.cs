using VectorQuantization.Problems;
using VectorQuantization.Quantisers;

namespace VectorQuantization.Benchmarks;

/// <summary>A method as the user chose it: <c>pq</c>, or with settings of its own, <c>pq:m=16,bits=8</c>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Settings">What stands after the colon, by name.</param>
public sealed record MethodChoice(QuantiserMethod Method, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Reads <c>NAME[:SETTING=VALUE[,SETTING=VALUE…]]</c>.</summary>
    /// <exception cref="BadInputException">The method is not known, or a setting has no value or two.</exception>
    public static MethodChoice Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var method =
            QuantiserCatalogue.Find(name)
            ?? throw new BadInputException(
                $"'{name}' is no method. There are {string.Join(", ", QuantiserCatalogue.All.Select(known => known.Name))}."
            );
        return new(method, colon < 0 ? new Dictionary<string, string>() : SettingsIn(text, text[(colon + 1)..]));
    }

    /// <summary>Every combination of the values that <paramref name="lists"/> have for this method's settings.</summary>
    /// <param name="lists">Values by setting, of all methods; those of others are passed over, those after the colon win.</param>
    public IEnumerable<IReadOnlyDictionary<string, string>> Combinations(
        IReadOnlyDictionary<string, IReadOnlyList<string>> lists
    )
    {
        IEnumerable<Dictionary<string, string>> combinations = [new Dictionary<string, string>(Settings)];
        foreach (var (name, _) in Method.Settings)
        {
            if (Settings.ContainsKey(name) || !lists.TryGetValue(name, out var values))
                continue;
            combinations =
            [
                .. combinations.SelectMany(
                    _ => values,
                    (combination, value) => new Dictionary<string, string>(combination) { [name] = value }
                ),
            ];
        }
        return combinations;
    }

    private static Dictionary<string, string> SettingsIn(string whole, string text)
    {
        var settings = new Dictionary<string, string>();
        var problems = new ProblemList();
        foreach (var pair in text.Split(','))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == pair.Length - 1)
                problems.Add($"'{whole}': '{pair}' is not SETTING=VALUE. Write it as in 'pq:m=16,bits=8'.");
            else if (!settings.TryAdd(pair[..equals], pair[(equals + 1)..]))
                problems.Add($"'{whole}' gives '{pair[..equals]}' twice. Leave one.");
        }
        problems.ThrowIfAny();
        return settings;
    }
}
