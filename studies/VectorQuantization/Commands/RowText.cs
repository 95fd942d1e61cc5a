using System.Globalization;
using System.Text.Json;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary>One row of results, for people and for programs.</summary>
internal static class RowText
{
    /// <summary>A line a measure, with what it means.</summary>
    public static IEnumerable<string> Lines(ResultRow row)
    {
        var data = row.Data;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Cell.Label} on {data.Name}: {data.Count:N0} x {data.Dimension:N0}, {data.Queries:N0} queries, {data.Metric}, learnt from {data.TrainingRows:N0} rows, seed {row.Cell.Seed}"
        );
        foreach (var measure in MeasureCatalogue.All)
        {
            if (measure.Of(row) is { } value)
                yield return $"  {measure.Name, -26}{Number(value), 14}  {measure.Meaning}";
        }
    }

    /// <summary>The line of a cell in a sweep.</summary>
    public static string Line(ResultRow row) =>
        row.Failure is { } why ? $"failed: {why.ReplaceLineEndings(" ")}" : string.Join(", ", Parts(row));

    /// <summary>Everything as one JSON object; what was not measured is null.</summary>
    public static void Write(Utf8JsonWriter json, ResultRow row)
    {
        json.WriteStartObject();
        json.WriteString("cell", row.Cell.Id);
        json.WriteString("method", row.Cell.Method);
        json.WriteString("label", row.Cell.Label);
        json.WritePropertyName("settings");
        json.WriteRawValue(row.Cell.Settings);
        json.WriteNumber("seed", row.Cell.Seed);
        json.WriteString("data", row.Data.Name);
        json.WriteNumber("n", row.Data.Count);
        json.WriteNumber("d", row.Data.Dimension);
        json.WriteNumber("queries", row.Data.Queries);
        json.WriteNumber("training_rows", row.Data.TrainingRows);
        json.WriteString("metric", row.Data.Metric);
        foreach (var measure in MeasureCatalogue.All)
            WriteNumber(json, measure.Name, measure.Of(row));
        json.WriteString("simd", row.Machine.Simd);
        json.WriteString("failure", row.Failure);
        json.WriteEndObject();
    }

    private static IEnumerable<string> Parts(ResultRow row)
    {
        yield return $"{row.Size.BytesPerVector} bytes";
        if (row.Distortion.MsePerVector is { } mse)
            yield return $"MSE {Number(mse)}";
        if (row.Retrieval.RecallAt1 is { } first)
            yield return string.Create(CultureInfo.InvariantCulture, $"R@1 {first:0.000}");
        if (row.Retrieval.IntersectionAt10 is { } ten)
            yield return string.Create(CultureInfo.InvariantCulture, $"intersection@10 {ten:0.000}");
        if (row.Search.QpsOneThread is { } speed)
            yield return string.Create(CultureInfo.InvariantCulture, $"{speed:N0} queries/s");
        if (row.Effort.TrainSeconds is { } seconds)
            yield return string.Create(CultureInfo.InvariantCulture, $"trained in {seconds:0.0} s");
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Number(double value) =>
        Math.Abs(value) >= 1e6 || value == Math.Floor(value) ? value.ToString("N0", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 100 ? value.ToString("N1", CultureInfo.InvariantCulture)
        : value.ToString("G5", CultureInfo.InvariantCulture);
}
