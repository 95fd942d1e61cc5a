using Expflow.Parameters;

namespace Expflow.Advice;

/// <summary>Puts parameter sets into groups by the value of one parameter, or by ranges of it where it has very many.</summary>
internal sealed class ParameterGroups
{
    private const int MostValues = 24;
    private const int Ranges = 4;

    private readonly (double From, double To)[] ranges;
    private readonly string parameter;

    /// <param name="parameter">The parameter.</param>
    /// <param name="sets">The sets that its ranges are made of; each has the parameter.</param>
    public ParameterGroups(string parameter, IEnumerable<ParameterSet> sets)
    {
        this.parameter = parameter;
        var values = sets.Select(set => set[parameter]).ToList();
        double[] numbers = [.. values.Select(NumberOf).OfType<double>().Order()];
        var isFine =
            values.Distinct().Count() is var distinct && (distinct <= MostValues || numbers.Length < values.Count);
        ranges = isFine ? [] : Quarters(numbers);
    }

    /// <summary>The group, as screens name it: a value, or <c>0.1..0.35</c>; null when the set hasn't the parameter.</summary>
    public string? Of(ParameterSet set)
    {
        if (!set.TryGet(parameter, out var value))
            return null;
        if (ranges.Length == 0)
            return value.Display;
        return
            NumberOf(value) is { } number
            && ranges.FirstOrDefault(range => number >= range.From && number <= range.To) is var (from, to)
            && (from, to) != default
            ? $"{ParameterValue.Of(from).Display}..{ParameterValue.Of(to).Display}"
            : value.Display;
    }

    /// <summary>Groups in the order in which people list them: numbers by size.</summary>
    public IEnumerable<IGrouping<string, ParameterSet>> Sorted(IEnumerable<ParameterSet> sets) =>
        sets.Where(set => Of(set) is not null)
            .OrderBy(set => NumberOf(set[parameter]) ?? 0)
            .ThenBy(set => set[parameter].Display, StringComparer.Ordinal)
            .GroupBy(set => Of(set)!);

    private static (double, double)[] Quarters(double[] sorted) =>
        [
            .. Enumerable
                .Range(0, Ranges)
                .Select(i => sorted[(i * sorted.Length / Ranges)..((i + 1) * sorted.Length / Ranges)])
                .Select(quarter => (quarter[0], quarter[^1])),
        ];

    private static double? NumberOf(ParameterValue value) =>
        value switch
        {
            ParameterValue.Integer whole => whole.Value,
            ParameterValue.Number number => number.Value,
            _ => null,
        };
}
