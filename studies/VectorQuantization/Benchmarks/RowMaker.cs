using System.Text;
using System.Text.Json;
using VectorQuantization.Results;

namespace VectorQuantization.Benchmarks;

/// <summary>Makes rows of results: which cell, on what data, where, and what came out.</summary>
/// <param name="identity">What the data are.</param>
/// <param name="data">The data as rows tell them; training rows are each cell's own.</param>
/// <param name="machine">Where this runs.</param>
/// <param name="sweep">The sweep's id, or null.</param>
/// <param name="clock">Time of day.</param>
public sealed class RowMaker(
    CellIdentity identity,
    DataFacts data,
    MachineFacts machine,
    string? sweep,
    TimeProvider clock
)
{
    /// <summary>The time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The cell's id.</summary>
    public string IdOf(Cell cell) => identity.IdOf(cell);

    /// <summary>The row of a cell that was measured to its end.</summary>
    public ResultRow Done(Cell cell, DateTimeOffset started, Evaluation measured) =>
        new()
        {
            Cell = FactsOf(cell, started),
            Data = data with { TrainingRows = measured.TrainedOn },
            Machine = machine,
            Size = measured.Size,
            Distortion = measured.Distortion,
            Retrieval = measured.Retrieval,
            Effort = measured.Effort,
            Search = measured.Search,
        };

    /// <summary>The row of a cell that could not be measured.</summary>
    public ResultRow Failed(Cell cell, DateTimeOffset started, string why) =>
        new()
        {
            Cell = FactsOf(cell, started),
            Data = data,
            Machine = machine,
            Failure = why,
        };

    private CellFacts FactsOf(Cell cell, DateTimeOffset started) =>
        new()
        {
            Id = identity.IdOf(cell),
            Configuration = identity.ConfigurationOf(cell),
            Sweep = sweep,
            Started = started,
            Method = cell.Settings.Method,
            Label = cell.Settings.Label,
            Settings = Json(cell),
            Seed = cell.Seed,
        };

    private static string Json(Cell cell)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in cell.Settings.Values.Concat(cell.Search.Values))
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
