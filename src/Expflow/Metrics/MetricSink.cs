namespace Expflow.Metrics;

/// <summary>Takes one value as it is read. Called once for each value, so it must not allocate.</summary>
/// <param name="metric">The number of the metric's name in the reader's <see cref="MetricNames"/>.</param>
/// <param name="step">The step that the value belongs to.</param>
/// <param name="value">The value; NaN and the infinities are passed on as they came.</param>
public delegate void MetricSink(int metric, long step, double value);
