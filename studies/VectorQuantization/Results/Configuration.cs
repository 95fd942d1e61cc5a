namespace VectorQuantization.Results;

/// <summary>All done rows that differ by their seed alone.</summary>
/// <param name="seeds">At least one.</param>
public sealed class Configuration(IReadOnlyList<ResultRow> seeds)
{
    /// <summary>The rows, by seed.</summary>
    public IReadOnlyList<ResultRow> Seeds { get; } = seeds;

    /// <summary>The method's name: <c>pq</c>.</summary>
    public string Method => Seeds[0].Cell.Method;

    /// <summary>The name people read: <c>PQ 16x8</c>.</summary>
    public string Label => Seeds[0].Cell.Label;

    /// <summary>How it was searched: <c>ivf 1024 probe 8 rerank 100</c>. Empty when it was not.</summary>
    public string Search
    {
        get
        {
            var search = Seeds[0].Search;
            var lists = search.Lists is { } count ? $" {count}" : "";
            var probe = search.Probe is { } probed ? $" probe {probed}" : "";
            var rerank = search.Rerank is > 0 and var exact ? $" rerank {exact}" : "";
            return search.Kind + lists + probe + rerank;
        }
    }

    /// <summary>A measure over the seeds, or null where no seed has it.</summary>
    public SeedStatistics? this[Measure measure] => SeedStatistics.Of(Seeds.Select(measure.Of));
}
