namespace Expflow.Metrics;

/// <summary>A file with metrics in it.</summary>
/// <param name="Path">The file; it need not exist.</param>
/// <param name="Format">How metrics stand in it.</param>
/// <param name="Start">Where the run's part begins, in bytes: a segment holds the output of many runs.</param>
/// <param name="Length">How many bytes the part has; null is to the end of the file.</param>
public sealed record MetricSource(string Path, MetricFormat Format, long Start = 0, long? Length = null);

/// <summary>The files with metrics of one attempt of a run.</summary>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="Sources">Its files, in the order in which their values are taken.</param>
public sealed record AttemptMetrics(int Attempt, IReadOnlyList<MetricSource> Sources);
