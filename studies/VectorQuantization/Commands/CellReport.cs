using Expflow.Contract;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary>Tells Expflow, if the program runs under it, what came out of a cell.</summary>
internal static class CellReport
{
    /// <summary>A line of metrics: every measure that has a value, under its own name.</summary>
    public static void Send(RunContext contract, int step, ResultRow row) =>
        contract.Report(
            step,
            [
                .. MeasureCatalogue
                    .All.Select(measure => (measure.Name, Value: measure.Of(row)))
                    .Where(pair => pair.Value is not null)
                    .Select(pair => (pair.Name, pair.Value!.Value)),
            ]
        );
}
