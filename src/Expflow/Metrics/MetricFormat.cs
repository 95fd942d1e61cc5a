namespace Expflow.Metrics;

/// <summary>How metrics stand in a file. Exactly one of the nested cases.</summary>
public abstract record MetricFormat
{
    private MetricFormat() { }

    /// <summary>One JSON object a line, as programs append to <c>EXPFLOW_METRICS</c>: <c>{"step": 3, "loss": 0.21}</c>.</summary>
    public sealed record JsonLines : MetricFormat;

    /// <summary>One JSON object, or an array of objects, read when the file is complete.</summary>
    public sealed record Json : MetricFormat;

    /// <summary>A table with a header line; the separator is a comma, or a semicolon or tab where the header has no comma.</summary>
    /// <param name="StepColumn">The column that holds the step; without it rows count from 0.</param>
    public sealed record Csv(string StepColumn = "step") : MetricFormat;

    /// <summary>Lines of output that a regular expression recognises.</summary>
    /// <param name="Pattern">Which lines, and where in them the metrics stand.</param>
    public sealed record Output(MetricPattern Pattern) : MetricFormat;
}
