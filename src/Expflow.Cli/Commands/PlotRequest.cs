using Expflow.Plots;
using Expflow.Results;

namespace Expflow.Cli.Commands;

/// <summary>What the user wants to see drawn.</summary>
internal sealed record PlotRequest
{
    public string? Metric { get; init; }

    /// <summary>The parameter along x; null draws over steps.</summary>
    public string? X { get; init; }

    /// <summary>The parameter along y of a heat map.</summary>
    public string? Y { get; init; }

    /// <summary>Parameters to average over; null is the seeds, and the single word none is none.</summary>
    public IReadOnlyList<string>? Over { get; init; }

    public SummaryPart Part { get; init; }

    public string? Where { get; init; }

    public string? Stage { get; init; }

    public bool WithFlagged { get; init; }

    /// <summary>The file, as the user named it.</summary>
    public string? To { get; init; }

    public string? Size { get; init; }

    /// <summary>Null decides by the values.</summary>
    public bool? LogX { get; init; }

    public bool LogY { get; init; }
}

/// <summary>A picture, and what is on it.</summary>
/// <param name="Chart">The picture.</param>
/// <param name="Metric">What it shows.</param>
/// <param name="X">The parameter along x, or null for steps.</param>
/// <param name="Y">The parameter along y of a heat map.</param>
/// <param name="Series">Names of its lines.</param>
/// <param name="Runs">How many runs are in it.</param>
/// <param name="LeftOut">How many flagged runs are not.</param>
internal sealed record DrawnPicture(
    Chart Chart,
    string Metric,
    string? X,
    string? Y,
    IReadOnlyList<string> Series,
    int Runs,
    int LeftOut
)
{
    /// <summary>Where it stands, absolute.</summary>
    public string Path { get; init; } = "";

    public long Bytes { get; init; }
}
