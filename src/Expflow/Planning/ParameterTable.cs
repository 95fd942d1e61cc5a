using Expflow.Experiments;
using Expflow.Parameters;

namespace Expflow.Planning;

/// <summary>Puts the parameters of a stage's runs together from the fixed ones and a point. All results share one table of names.</summary>
internal sealed class ParameterTable
{
    private readonly string[] names;
    private readonly ParameterValue?[] fixedValues;
    private IReadOnlyList<string>? sameNames;

    public ParameterTable(Experiment experiment, IReadOnlySet<string> uses)
    {
        names =
        [
            .. experiment
                .Parameters.Names.Concat(experiment.Sweep.Names)
                .Distinct(StringComparer.Ordinal)
                .Where(uses.Contains),
        ];
        fixedValues = [.. names.Select(name => experiment.Parameters.TryGet(name, out var value) ? value : null)];
    }

    public ParameterSet At(ParameterSet point)
    {
        // A stage that uses everything has the point itself: of 100,000 runs each saves a set.
        if (ReferenceEquals(point.Names, sameNames))
            return point;
        if (point.Names.SequenceEqual(names, StringComparer.Ordinal))
        {
            sameNames = point.Names;
            return point;
        }
        var values = new ParameterValue[names.Length];
        for (var i = 0; i < names.Length; i++)
            values[i] = point.TryGet(names[i], out var swept) ? swept : fixedValues[i] ?? Undefined(names[i]);
        return ParameterSet.Of(names, values);
    }

    // The reader reports placeholders that nothing defines, with their places; one that comes here is a mistake of ours.
    private static ParameterValue Undefined(string name) =>
        throw new InvalidOperationException($"The parameter '{name}' has no value at a point of the sweep.");
}
