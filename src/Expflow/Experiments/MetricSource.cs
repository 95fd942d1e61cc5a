using System.Text.RegularExpressions;

namespace Expflow.Experiments;

/// <summary>Where metrics of a run are read from, for a program that knows nothing of Expflow.</summary>
/// <remarks>Exactly one of the nested cases.</remarks>
public abstract record MetricSource
{
    private MetricSource() { }

    /// <summary>
    /// Lines of the output that match. Each named group is a metric but for <c>step</c>, which is the step; without it steps count from 1.
    /// </summary>
    /// <param name="Pattern">The regular expression, .NET's dialect; Python's <c>(?P&lt;name&gt;…)</c> has been rewritten.</param>
    /// <param name="Metrics">The names of the groups that are metrics; at least one.</param>
    /// <param name="HasStep">Whether there is a group <c>step</c>.</param>
    public sealed record Output(Regex Pattern, IReadOnlyList<string> Metrics, bool HasStep) : MetricSource;

    /// <summary>A file that the program writes in the run's folder.</summary>
    /// <param name="Kind">Its format.</param>
    /// <param name="Path">Relative to the run's folder.</param>
    /// <param name="Step">The column or property with the step; null when rows are counted from 1.</param>
    public sealed record File(MetricFileKind Kind, string Path, string? Step) : MetricSource;
}

/// <summary>The format of a file with metrics.</summary>
public enum MetricFileKind
{
    /// <summary>A header line with names, then rows.</summary>
    Csv,

    /// <summary>One object of final values, or an array of objects, one a step.</summary>
    Json,

    /// <summary>One object a line.</summary>
    JsonLines,
}
