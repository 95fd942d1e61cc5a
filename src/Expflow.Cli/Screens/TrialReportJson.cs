using Expflow.Trials;

namespace Expflow.Cli.Screens;

/// <summary>A trial as JSON.</summary>
internal static class TrialReportJson
{
    public static void Print(Terminal terminal, TrialRecord record, TrialReport report, int phases) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("trial", record.Name);
                json.WriteString("experiment", record.Experiment);
                json.WriteString("at", record.At);
                json.WriteNumber("settings", phases);
                json.WriteNumber("measured", report.Rows.Count);
                json.WriteStartArray("measures");
                foreach (var row in report.Rows)
                    Write(json, row);
                json.WriteEndArray();
                json.WriteStartArray("proposals");
                foreach (var choice in report.Choices)
                    Write(json, choice);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void Write(System.Text.Json.Utf8JsonWriter json, TrialRow row)
    {
        json.WriteStartObject();
        TrialJson.WriteFields(json, row.Measure);
        json.WriteNumber("runs_per_hour", row.Measure.PerHour);
        if (row.Gain is { } gain)
            json.WriteNumber("gain", gain);
        json.WriteBoolean("passed", row.Passed);
        json.WriteStartArray("criteria");
        foreach (var check in row.Checks)
        {
            json.WriteStartObject();
            json.WriteString("criterion", check.Name);
            if (check.Held is { } held)
                json.WriteBoolean("held", held);
            else
                json.WriteNull("held");
            json.WriteString("found", check.Found);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, TrialProposal choice)
    {
        json.WriteStartObject();
        json.WriteString("stage", choice.Stage);
        if (choice.Workers is { } workers)
            json.WriteNumber("workers_per_gpu", workers);
        else
            json.WriteNull("workers_per_gpu");
        json.WriteBoolean("meets_criteria", choice.Meets);
        if (choice.Gain is { } gain)
            json.WriteNumber("gain", gain);
        json.WriteEndObject();
    }
}
