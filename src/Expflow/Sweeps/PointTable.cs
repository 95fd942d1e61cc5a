using Expflow.Parameters;

namespace Expflow.Sweeps;

/// <summary>One factor of a sweep: some parameters and the rows of values that they take together.</summary>
internal sealed record PointRows(string[] Names, ParameterValue[][] Values)
{
    public PointRows Distinct()
    {
        var seen = new HashSet<ParameterSet>();
        return new(Names, [.. Values.Where(row => seen.Add(ParameterSet.Of(Names, row)))]);
    }
}

/// <summary>Makes points over one shared table of names.</summary>
internal sealed class PointTable
{
    private readonly string[] names;
    private readonly ParameterValue?[] defaults;

    public PointTable(ParameterSet fixedParameters, IReadOnlyList<string> swept)
    {
        names = [.. fixedParameters.Names, .. swept.Except(fixedParameters.Names)];
        defaults = [.. names.Select(name => fixedParameters.TryGet(name, out var value) ? value : null)];
    }

    /// <summary>Every combination of the factors' rows; the last factor varies fastest.</summary>
    public List<ParameterSet> Product(IReadOnlyList<PointRows> factors)
    {
        var count = factors.Aggregate(1, (product, rows) => product * rows.Values.Length);
        var points = new List<ParameterSet>(count);
        var targets = factors.Select(rows => rows.Names.Select(Position).ToArray()).ToArray();
        var row = new int[factors.Count];
        var current = (ParameterValue[])defaults.Clone()!;
        for (var i = 0; i < factors.Count; i++)
            Put(i);
        for (var made = 0; made < count; made++)
        {
            points.Add(ParameterSet.Of(names, (ParameterValue[])current.Clone()));
            for (var i = factors.Count - 1; i >= 0; i--)
            {
                row[i] = (row[i] + 1) % factors[i].Values.Length;
                Put(i);
                if (row[i] != 0)
                    break;
            }
        }
        return points;

        void Put(int factor)
        {
            var values = factors[factor].Values[row[factor]];
            for (var column = 0; column < values.Length; column++)
                current[targets[factor][column]] = values[column];
        }
    }

    /// <summary>The fixed parameters with these in place of, or beside, theirs.</summary>
    public ParameterSet Point(ParameterSet assigned)
    {
        var values = (ParameterValue[])defaults.Clone()!;
        foreach (var (name, value) in assigned.Pairs())
            values[Position(name)] = value;
        return ParameterSet.Of(names, values);
    }

    private int Position(string name) => Array.IndexOf(names, name);
}
