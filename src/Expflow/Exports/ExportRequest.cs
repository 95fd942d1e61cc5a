using Expflow.Metrics;
using Expflow.Tables;

namespace Expflow.Exports;

/// <summary>The metrics of one run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Attempts">Where its metrics stand, by rising attempt.</param>
public sealed record RunMetricFiles(string RunId, IReadOnlyList<AttemptMetrics> Attempts);

/// <summary>What to export, and where to.</summary>
public sealed record ExportRequest
{
    /// <summary>The path without an ending: <c>out/kd-gat</c> becomes <c>out/kd-gat.csv</c>, <c>out/kd-gat.metadata.json</c> and so on.</summary>
    public required string Path { get; init; }

    /// <summary>How tables are written.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The experiment's name, for the metadata.</summary>
    public required string Experiment { get; init; }

    /// <summary>The version of expflow, for the metadata.</summary>
    public required string Version { get; init; }

    /// <summary>One row a run.</summary>
    public required Table Runs { get; init; }

    /// <summary>The runs whose metrics make the second table, in its order; null writes no second table.</summary>
    public IReadOnlyList<RunMetricFiles>? Metrics { get; init; }

    /// <summary>A folder for what is remembered of the last export, so that a repeated one writes nothing; null remembers nothing.</summary>
    public string? CacheFolder { get; init; }
}
