using System.Globalization;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>One thing that a metric of each run must hold, judged while it runs.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Rule">What must hold.</param>
/// <param name="OnFail">What a violation does.</param>
/// <param name="Place">Where the rule stands in its file.</param>
public sealed record MetricCheck(string Metric, MetricRule Rule, CheckAction OnFail, SourcePlace Place);

/// <summary>What a failed check does.</summary>
public enum CheckAction
{
    /// <summary>The run is marked, and goes on.</summary>
    Flag,

    /// <summary>The run is ended early.</summary>
    End,
}

/// <summary>What must hold of a metric. Exactly one of the nested cases.</summary>
public abstract record MetricRule
{
    private MetricRule() { }

    /// <summary>Every value is at least this.</summary>
    public sealed record Min(double Value) : MetricRule
    {
        /// <inheritdoc/>
        public override string ToString() => $"min {Text(Value)}";
    }

    /// <summary>Every value is at most this.</summary>
    public sealed record Max(double Value) : MetricRule
    {
        /// <inheritdoc/>
        public override string ToString() => $"max {Text(Value)}";
    }

    /// <summary>No value is NaN or infinite.</summary>
    public sealed record Finite : MetricRule
    {
        /// <inheritdoc/>
        public override string ToString() => "finite";
    }

    /// <summary>Not all values are the same, once there are two.</summary>
    public sealed record Varies : MetricRule
    {
        /// <inheritdoc/>
        public override string ToString() => "varies";
    }

    /// <summary>Some value up to and including step <paramref name="By"/> is below (strictly).</summary>
    /// <param name="Value">The bound.</param>
    /// <param name="By">The last step at which it may happen; null: by the end of the run.</param>
    public sealed record Below(double Value, long? By) : MetricRule
    {
        /// <inheritdoc/>
        public override string ToString() => $"below {Text(Value)}{(By is { } step ? $" by step {step}" : "")}";
    }

    /// <summary>Some value up to and including step <paramref name="By"/> is above (strictly).</summary>
    /// <param name="Value">The bound.</param>
    /// <param name="By">The last step at which it may happen; null: by the end of the run.</param>
    public sealed record Above(double Value, long? By) : MetricRule
    {
        /// <inheritdoc/>
        public override string ToString() => $"above {Text(Value)}{(By is { } step ? $" by step {step}" : "")}";
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
