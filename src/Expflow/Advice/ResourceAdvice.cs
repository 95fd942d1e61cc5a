namespace Expflow.Advice;

/// <summary>What the runs of a stage should ask for of one resource.</summary>
public sealed record ResourceAdvice
{
    /// <summary><c>memory</c> in bytes, <c>cpus</c> in cores, <c>walltime</c> in seconds.</summary>
    public required string Key { get; init; }

    /// <summary>What the file asks for now; null when it leaves it to the site.</summary>
    public double? Asked { get; init; }

    /// <summary>What was seen.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>What to ask for; null when nobody knows.</summary>
    public double? Next { get; init; }

    /// <summary>The parameter that it goes with; null when none does.</summary>
    public DriverAdvice? Driver { get; init; }

    /// <summary>What it stands on, or why nothing can be said.</summary>
    public required string Words { get; init; }

    /// <summary>True when it stands on enough to be written into a file: on three runs, or on what was not enough.</summary>
    public bool IsFirm { get; init; }

    /// <summary>True when the file should say something else than it says.</summary>
    public bool IsChange => IsFirm && Next is { } next && next != (Asked ?? Unsaid);

    // A run that asks for no cores gets one.
    private double? Unsaid => Key == ResourceText.Cpus ? 1 : null;
}

/// <summary>A parameter that a resource goes with, and what each of its values takes.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Share">The share of the variance of the logarithm that it explains, 0 to 1.</param>
/// <param name="Also">Parameters that change together with it, so that it could be any of them.</param>
/// <param name="Values">Its values, in their order.</param>
public sealed record DriverAdvice(
    string Parameter,
    double Share,
    IReadOnlyList<string> Also,
    IReadOnlyList<ValueAdvice> Values
)
{
    /// <summary>True when its values need different requests; rounding makes many alike.</summary>
    public bool Matters => Values.Select(value => value.Next).Distinct().Skip(1).Any();
}

/// <summary>What the runs with one value of a parameter take.</summary>
/// <param name="Value">The value, or a range of them.</param>
/// <param name="Runs">How many runs with it the experiment asks for.</param>
/// <param name="Remaining">How many of them remain to be run.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Next">What to ask for; null when no run with this value has told anything.</param>
public sealed record ValueAdvice(string Value, int Runs, int Remaining, Evidence Evidence, double? Next);
