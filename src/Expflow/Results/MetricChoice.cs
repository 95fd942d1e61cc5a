using Expflow.Problems;

namespace Expflow.Results;

/// <summary>Which metrics are shown when the user names some, and when he names none.</summary>
public static class MetricChoice
{
    /// <summary>Problems with names that are no metrics of these runs; empty when all are.</summary>
    public static IReadOnlyList<Problem> Check(IReadOnlyList<string> named, RunTable table) =>
        [
            .. named
                .Where(name => !table.Metrics.Contains(name))
                .Select(name => new Problem($"No run has a metric '{name}'. {Hint(name, table.Metrics)}")),
        ];

    /// <summary>The one metric to draw or to judge by: the first; with a required one, or 'loss', before others. Null when there is none.</summary>
    public static string? Default(RunTable table, IReadOnlyList<string> required) =>
        required.FirstOrDefault(table.Metrics.Contains)
        ?? table.Metrics.FirstOrDefault(name => name == "loss")
        ?? (table.Metrics.Count > 0 ? table.Metrics[0] : null);

    private static string Hint(string name, IReadOnlyList<string> metrics) =>
        metrics.Count == 0 ? "No metric has come from them."
        : Suggestion.For(name, metrics) is { } near ? $"Did you mean '{near}'?"
        : $"There is {string.Join(", ", metrics.Select(one => $"'{one}'"))}.";
}
