using System.Text.Json;
using Expflow.Cli.Commands;
using Expflow.Documents;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Cli.Screens;

/// <summary>What <c>expflow check</c> found, as JSON: <c>fine</c>, <c>problems</c>, <c>warnings</c>, and counts when it is fine.</summary>
internal static class CheckJson
{
    public static void Print(
        Terminal terminal,
        ExperimentInput.Planned? planned,
        IReadOnlyList<Problem> problems,
        IReadOnlyList<Problem> warnings,
        bool origins
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("fine", planned is not null);
                if (planned is not null)
                    WriteCounts(json, planned);
                WriteProblems(json, "problems", problems);
                WriteProblems(json, "warnings", warnings);
                if (planned is not null && origins)
                    WriteOrigins(json, planned.Experiment.Origins);
                json.WriteEndObject();
            }
        );

    /// <summary>An array of <c>file</c>, <c>line</c>, <c>column</c>, <c>text</c>; what has no place has only a text.</summary>
    public static void WriteProblems(Utf8JsonWriter json, string name, IReadOnlyList<Problem> problems)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            if (problem.Place is { } place)
                WritePlace(json, place);
            json.WriteString("text", problem.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, ExperimentInput.Planned planned)
    {
        json.WriteString("experiment", planned.Experiment.Name);
        json.WriteString("file", planned.Experiment.File);
        json.WriteNumber("points", planned.Plan.Points);
        json.WriteNumber("runs", planned.Plan.Runs.Count);
        PlanJson.WriteStages(json, planned.Plan);
    }

    private static void WriteOrigins(Utf8JsonWriter json, IReadOnlyList<ValueOrigin> origins)
    {
        json.WriteStartArray("origins");
        foreach (var origin in origins)
        {
            json.WriteStartObject();
            json.WriteString("path", origin.Path);
            // YAML's NaN and infinities, which JSON hasn't, stand in it as words.
            json.WriteString("value", origin.Value);
            json.WriteString("source", origin.Source.ToString());
            if (origin.Source is ValueSource.File { Place: var place })
                WritePlace(json, place);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, SourcePlace place)
    {
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }
}
