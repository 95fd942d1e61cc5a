using Expflow.Parameters;
using Expflow.Problems;

namespace Expflow.Sweeps;

/// <summary>The points of a sweep, in a fixed order: grid (last parameter fastest) × zip × list × random, then included ones; no point twice.</summary>
public sealed record SweepExpansion
{
    /// <summary>More points than this are a mistake.</summary>
    public const long MostPoints = 10_000_000;

    /// <summary>The points. Each has every parameter of the experiment: the fixed ones in the file's order, then the swept ones.</summary>
    public required IReadOnlyList<ParameterSet> Points { get; init; }

    /// <summary>How many points were left out because an equal one stands before them.</summary>
    public required long Duplicates { get; init; }

    /// <summary>How many points the exclusions took away.</summary>
    public required long Excluded { get; init; }

    /// <summary>Exclusions that no point agrees with, as positions in <see cref="Sweep.Exclude"/>.</summary>
    public required IReadOnlyList<int> Idle { get; init; }

    /// <summary>How many points there are before duplicates and exclusions are taken away, without making them; saturates.</summary>
    public static long Count(Sweep sweep)
    {
        var product = Components(sweep).Aggregate(1.0, (all, rows) => all * rows);
        return (long)Math.Min(product, long.MaxValue / 2) * (OnlyIncluded(sweep) ? 0 : 1) + sweep.Include.Count;
    }

    /// <summary>Makes the points.</summary>
    public static Checked<SweepExpansion> Expand(Sweep sweep, ParameterSet fixedParameters)
    {
        if (Count(sweep) is > MostPoints and var count)
            return sweep.Problem(
                $"'sweep' has {count:N0} points; at most {MostPoints:N0} are possible. Leave values out, or draw some of them with 'random'."
            );
        var table = new PointTable(fixedParameters, sweep.Names);
        var (components, duplicates) = DistinctComponents(sweep);
        var points = OnlyIncluded(sweep) ? [] : table.Product(components);
        var added = Included(sweep, table, points);
        duplicates += sweep.Include.Count - added.Count;
        points.AddRange(added);
        return Without(sweep.Exclude, points, duplicates);
    }

    // A sweep of nothing but 'include' has the included points, not the point of the fixed parameters as well.
    private static bool OnlyIncluded(Sweep sweep) =>
        sweep is { Grid: [], Zip: [], List: [], Random: null, Include: not [] };

    private static IEnumerable<double> Components(Sweep sweep)
    {
        foreach (var axis in sweep.Grid)
            yield return axis.Values.Count;
        if (sweep.Zip is [var first, ..])
            yield return first.Values.Count;
        if (sweep.List.Count > 0)
            yield return sweep.List.Count;
        if (sweep.Random is { } random)
            yield return random.Count;
    }

    private static (List<PointRows> Components, long Duplicates) DistinctComponents(Sweep sweep)
    {
        var all = new List<PointRows>();
        foreach (var axis in sweep.Grid)
            all.Add(new([axis.Name], [.. axis.Values.Select(value => (ParameterValue[])[value])]));
        if (sweep.Zip is [var first, ..])
            all.Add(
                new(
                    [.. sweep.Zip.Select(axis => axis.Name)],
                    [
                        .. Enumerable
                            .Range(0, first.Values.Count)
                            .Select(row => sweep.Zip.Select(axis => axis.Values[row]).ToArray()),
                    ]
                )
            );
        if (sweep.List is [var point, ..])
            all.Add(
                new([.. point.Names], [.. sweep.List.Select(each => point.Names.Select(name => each[name]).ToArray())])
            );
        if (sweep.Random is { } random)
        {
            var columns = RandomPoints.Draw(random);
            all.Add(
                new(
                    [.. random.Parameters.Select(drawn => drawn.Name)],
                    [
                        .. Enumerable
                            .Range(0, (int)random.Count)
                            .Select(row => columns.Select(column => column[row]).ToArray()),
                    ]
                )
            );
        }
        var distinct = all.Select(rows => rows.Distinct()).ToList();
        // Equal rows in one factor are the only way to equal points in the product, and far fewer to compare.
        return (distinct, all.Aggregate(1L, Times) - distinct.Aggregate(1L, Times));

        static long Times(long product, PointRows rows) => product * rows.Values.Length;
    }

    private static List<ParameterSet> Included(Sweep sweep, PointTable table, List<ParameterSet> points)
    {
        if (sweep.Include.Count == 0)
            return [];
        var made = new HashSet<ParameterSet>(sweep.Include.Select(table.Point));
        made.ExceptWith(points);
        // Back in the file's order, each once.
        return [.. sweep.Include.Select(table.Point).Where(made.Remove)];
    }

    private static SweepExpansion Without(
        IReadOnlyList<ParameterSet> exclude,
        List<ParameterSet> points,
        long duplicates
    )
    {
        var before = points.Count;
        var used = new bool[exclude.Count];
        if (exclude.Count > 0)
            points.RemoveAll(point => IsExcluded(point, exclude, used));
        return new()
        {
            Points = points,
            Duplicates = duplicates,
            Excluded = before - points.Count,
            Idle = [.. Enumerable.Range(0, used.Length).Where(i => !used[i])],
        };
    }

    private static bool IsExcluded(ParameterSet point, IReadOnlyList<ParameterSet> exclude, bool[] used)
    {
        var any = false;
        for (var i = 0; i < exclude.Count; i++)
            if (exclude[i].Pairs().All(pair => point.TryGet(pair.Key, out var value) && value.Equals(pair.Value)))
                any = used[i] = true;
        return any;
    }
}
