using VectorQuantization.Results;

namespace VectorQuantization.Benchmarks;

/// <summary>What makes a cell the one it is: the same work on the same data has the same id, wherever and whenever it is done.</summary>
/// <param name="Data">Fingerprints of base, queries and training set, the metric and what is measured, by name and in a fixed order.</param>
public sealed record CellIdentity(IReadOnlyList<(string Name, string Value)> Data)
{
    // Counts up when the same settings come to give other numbers: old rows then no longer stand in for new ones.
    private const string Meaning = "1";

    /// <summary>The cell's id.</summary>
    public string IdOf(Cell cell) => CellHash.Of([.. Values(cell), ("seed", $"{cell.Seed}")]);

    /// <summary>The id of what it shares with cells of other seeds.</summary>
    public string ConfigurationOf(Cell cell) => CellHash.Of(Values(cell));

    private IEnumerable<(string Name, string Value)> Values(Cell cell) =>
        [
            ("meaning", Meaning),
            ("method", cell.Settings.Method),
            .. cell.Settings.Values,
            .. cell.Search.Values,
            .. Data,
        ];
}
