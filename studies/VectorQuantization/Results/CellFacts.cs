namespace VectorQuantization.Results;

/// <summary>Which cell a row is of.</summary>
public sealed record CellFacts
{
    /// <summary>The cell's identity: <see cref="CellHash"/> of its configuration, data and seed. Unique in a database.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="CellHash"/> of the same without the seed: rows that share it differ by chance alone.</summary>
    public required string Configuration { get; init; }

    /// <summary>The sweep that it belongs to, or null.</summary>
    public string? Sweep { get; init; }

    /// <summary>When the cell was begun. Milliseconds are kept.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The method's name: <c>pq</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The name people read: <c>PQ 16x8</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The settings, defaults included, as a JSON object.</summary>
    public required string Settings { get; init; }

    /// <summary>The seed. Those above 2⁶³ − 1 stand in the database as negative numbers.</summary>
    public required ulong Seed { get; init; }
}
