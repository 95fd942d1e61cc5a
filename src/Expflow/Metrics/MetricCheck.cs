namespace Expflow.Metrics;

/// <summary>What a failed check does to the run.</summary>
public enum FailedCheck
{
    /// <summary>The run goes on and is flagged.</summary>
    Flag,

    /// <summary>The run is ended.</summary>
    End,
}

/// <summary>What must hold of one metric of a run.</summary>
/// <param name="Metric">The metric's name.</param>
public sealed record MetricCheck(string Metric)
{
    /// <summary>No value may be smaller.</summary>
    public double? Min { get; init; }

    /// <summary>No value may be larger.</summary>
    public double? Max { get; init; }

    /// <summary>No value may be NaN or infinite.</summary>
    public bool Finite { get; init; }

    /// <summary>Over the run there must be at least two different values.</summary>
    public bool Varies { get; init; }

    /// <summary>Some value must be smaller than this, at step <see cref="By"/> at the latest.</summary>
    public double? Below { get; init; }

    /// <summary>Some value must be larger than this, at step <see cref="By"/> at the latest.</summary>
    public double? Above { get; init; }

    /// <summary>The last step at which <see cref="Below"/> and <see cref="Above"/> may be reached; null is the end of the run.</summary>
    public long? By { get; init; }

    /// <summary>What a failure does.</summary>
    public FailedCheck OnFail { get; init; }
}

/// <summary>A check that a run has failed.</summary>
/// <param name="Check">The check.</param>
/// <param name="Text">What was found and what should be: <c>loss 2.31 at step 3: must be below 2.2 by step 3</c>.</param>
/// <param name="Step">The step at which it was certain; null when only the end of the run made it so.</param>
public sealed record FailedMetricCheck(MetricCheck Check, string Text, long? Step);
