using System.Globalization;
using System.Text;

namespace VectorQuantization.Results;

/// <summary>The comparison for programs, as comma-separated values (RFC 4180): every measure's mean and standard deviation at full precision.</summary>
public static class ComparisonCsv
{
    private static readonly string[] Names =
    [
        "data",
        "n",
        "d",
        "queries",
        "metric",
        "method",
        "settings",
        "search",
        "seeds",
    ];

    /// <summary>One header, one line for each configuration. What was not measured is empty.</summary>
    public static string Of(IReadOnlyList<DataGroup> groups)
    {
        var text = new StringBuilder();
        Append(
            text,
            [.. Names, .. MeasureCatalogue.All.SelectMany(measure => (string[])[measure.Name, measure.Name + "_sd"])]
        );
        foreach (var group in groups)
        foreach (var found in group.Configurations)
            Append(
                text,
                [.. Facts(group, found), .. MeasureCatalogue.All.SelectMany(measure => Numbers(found[measure]))]
            );
        return text.ToString();
    }

    private static string[] Facts(DataGroup group, Configuration found) =>
        [
            group.Data.Name,
            Text(group.Data.Count),
            Text(group.Data.Dimension),
            Text(group.Data.Queries),
            group.Data.Metric,
            found.Method,
            found.Label,
            found.Search,
            Text(found.Seeds.Count),
        ];

    private static string[] Numbers(SeedStatistics? statistics) =>
        statistics is { } known ? [Text(known.Mean), known.Deviation is { } sd ? Text(sd) : ""] : ["", ""];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, string[] cells) =>
        text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}
