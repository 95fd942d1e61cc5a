using Expflow.Parameters;
using Expflow.Problems;

namespace Expflow.Sweeps;

/// <summary>Which points an experiment has: grid × zip × list × random, then included points are added and excluded ones taken away.</summary>
public sealed record Sweep
{
    /// <summary>No sweep: one point, of the fixed parameters alone.</summary>
    public static readonly Sweep None = new();

    /// <summary>Every combination of these; the last parameter varies fastest.</summary>
    public IReadOnlyList<Axis> Grid { get; init; } = [];

    /// <summary>Values that go together: the first of each, then the second of each. All as long as each other.</summary>
    public IReadOnlyList<Axis> Zip { get; init; } = [];

    /// <summary>Points written out. All name the same parameters.</summary>
    public IReadOnlyList<ParameterSet> List { get; init; } = [];

    /// <summary>Drawn points; null when there are none.</summary>
    public RandomSweep? Random { get; init; }

    /// <summary>Further points, put after all others. A swept parameter that one leaves out must have a fixed value.</summary>
    public IReadOnlyList<ParameterSet> Include { get; init; } = [];

    /// <summary>A point that agrees with all that one of these says is left out, fixed parameters included.</summary>
    public IReadOnlyList<ParameterSet> Exclude { get; init; } = [];

    /// <summary>Points that agree with all that one of these says come before all others, where an order is kept.</summary>
    public IReadOnlyList<ParameterSet> First { get; init; } = [];

    /// <summary>Where <c>sweep</c> stands in its file.</summary>
    public SourcePlace Place { get; init; }

    internal Problem Problem(string text) => new(text, Place.File is null ? null : Place);

    /// <summary>The names of all swept parameters, in the order grid, zip, list, random, include.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. Grid.Select(axis => axis.Name)
                .Concat(Zip.Select(axis => axis.Name))
                .Concat(List.SelectMany(point => point.Names))
                .Concat(Random?.Parameters.Select(drawn => drawn.Name) ?? [])
                .Concat(Include.SelectMany(point => point.Names))
                .Distinct(StringComparer.Ordinal),
        ];
}

/// <summary>A parameter and its values, at least one.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Values">Its values, in the file's order.</param>
/// <param name="Place">Where it stands in its file.</param>
public sealed record Axis(string Name, IReadOnlyList<ParameterValue> Values, SourcePlace Place = default);

/// <summary>Points drawn at random, the same ones each time.</summary>
/// <param name="Count">How many: 1 or more.</param>
/// <param name="Seed">Another seed, other points.</param>
/// <param name="Parameters">What is drawn.</param>
public sealed record RandomSweep(long Count, long Seed, IReadOnlyList<DrawnParameter> Parameters);

/// <summary>A parameter and what it is drawn from.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="From">The distribution.</param>
/// <param name="Place">Where it stands in its file.</param>
public sealed record DrawnParameter(string Name, Distribution From, SourcePlace Place = default);

/// <summary>What a random value is drawn from. Exactly one of the nested cases.</summary>
public abstract record Distribution
{
    private Distribution() { }

    /// <summary>Every number from <paramref name="Low"/> to below <paramref name="High"/> alike.</summary>
    public sealed record Uniform(double Low, double High) : Distribution;

    /// <summary>Every order of magnitude alike; 0 &lt; <paramref name="Low"/> &lt; <paramref name="High"/>.</summary>
    public sealed record LogUniform(double Low, double High) : Distribution;

    /// <summary>Every integer from <paramref name="Low"/> to <paramref name="High"/>, both included, alike.</summary>
    public sealed record Integers(long Low, long High) : Distribution;

    /// <summary>Every value alike.</summary>
    public sealed record Choice(IReadOnlyList<ParameterValue> Values) : Distribution;
}
