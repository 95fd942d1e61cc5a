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
            var lists = search.Lists is > 0 and var count ? $" {count}" : "";
            var probe = search.Probe is > 0 and var probed ? $" probe {probed}" : "";
            var rerank = IsReranked ? $" rerank {search.Rerank}" : "";
            return search.Kind + lists + probe + rerank;
        }
    }

    /// <summary>Whether searches look into a part of the codes only: an inverted file.</summary>
    public bool IsPartial => Seeds[0].Search.Lists > 0;

    /// <summary>The name of the codes, whatever way they are searched: <c>PQ 16x8</c>, <c>PQ 16x8 in 1024 lists</c>.</summary>
    public string Codes => IsPartial ? $"{Label} in {Seeds[0].Search.Lists} lists" : Label;

    /// <summary>Whether candidates were ranked again with exact vectors, which then have to be kept beside the codes.</summary>
    public bool IsReranked => Seeds[0].Search.Rerank > 1;

    /// <summary>A measure over the seeds, or null where no seed has it.</summary>
    public SeedStatistics? this[Measure measure] => SeedStatistics.Of(Seeds.Select(measure.Of));
}
