using System.Text.Json;
using Expflow.Tables;

namespace Expflow.Cli.Screens;

/// <summary>Cells of tables as JSON values. NaN and infinities, for which JSON has no number, are the words nan, inf and -inf.</summary>
internal static class CellJson
{
    public static void Write(Utf8JsonWriter json, Column column, int row)
    {
        switch (column)
        {
            case var _ when column.IsMissing(row):
                json.WriteNullValue();
                break;
            case IntegerColumn whole:
                json.WriteNumberValue(whole.Values[row]!.Value);
                break;
            case NumberColumn numbers:
                Write(json, numbers.Values[row]);
                break;
            case BooleanColumn truths:
                json.WriteBooleanValue(truths.Values[row]!.Value);
                break;
            default:
                json.WriteStringValue(column.Text(row));
                break;
        }
    }

    public static void Write(Utf8JsonWriter json, double? value)
    {
        if (value is not { } number)
            json.WriteNullValue();
        else if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(NumberText.Of(number));
    }

    /// <summary>An object with a property for each column named; those without a value are left out.</summary>
    public static void WriteObject(Utf8JsonWriter json, Table table, IEnumerable<string> columns, int row)
    {
        json.WriteStartObject();
        foreach (var name in columns)
        {
            if (table.Find(name) is not { } column || column.IsMissing(row))
                continue;
            json.WritePropertyName(name);
            Write(json, column, row);
        }
        json.WriteEndObject();
    }

    /// <summary>An object with mean, sd, n, min, max and how many values were not finite.</summary>
    public static void Write(Utf8JsonWriter json, Aggregate values)
    {
        json.WriteStartObject();
        foreach (
            var (name, value) in (ReadOnlySpan<(string, double?)>)
                [("mean", values.Mean), ("sd", values.Sd), ("min", values.Min), ("max", values.Max)]
        )
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
        json.WriteNumber("n", values.Count);
        json.WriteNumber("non_finite", values.NonFinite);
        json.WriteEndObject();
    }
}
