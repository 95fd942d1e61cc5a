using System.Text.Json;
using Expflow.Cli.Commands;
using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Planning;
using Expflow.Problems;

namespace Expflow.Cli.Screens;

/// <summary>A plan as JSON: <c>runs</c>, <c>points</c>, <c>stages</c>, how they stand, the cost at most, and some runs.</summary>
internal static class PlanJson
{
    public static void Print(
        Terminal terminal,
        PlanSummary summary,
        IReadOnlyList<Problem> warnings,
        int examplesOfEach
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                WriteTotals(json, summary);
                WriteStages(json, summary.Planned.Plan);
                json.WriteStartArray("stage_list");
                foreach (var stage in summary.Stages)
                    WriteStage(json, stage);
                json.WriteEndArray();
                json.WriteStartObject("cost");
                json.WriteNumber("jobs", summary.Cost.Jobs);
                WriteHours(json, "cpu_hours", summary.Cost.CpuHours);
                WriteHours(json, "gpu_hours", summary.Cost.GpuHours);
                json.WriteEndObject();
                WriteRuns(json, summary, examplesOfEach);
                CheckJson.WriteProblems(json, "warnings", warnings);
                json.WriteEndObject();
            }
        );

    /// <summary>An object <c>stages</c>: name → runs, upstream first.</summary>
    public static void WriteStages(Utf8JsonWriter json, RunPlan plan)
    {
        json.WriteStartObject("stages");
        foreach (var (stage, runs) in plan.Stages)
            json.WriteNumber(stage, runs);
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, PlanSummary summary)
    {
        json.WriteString("experiment", summary.Planned.Experiment.Name);
        json.WriteString("file", summary.Planned.Experiment.File);
        json.WriteNumber("points", summary.Planned.Plan.Points);
        json.WriteNumber("excluded", summary.Planned.Expansion.Excluded);
        json.WriteNumber("runs", summary.Planned.Plan.Runs.Count);
        json.WriteNumber("new", summary.Decision.New.Count);
        json.WriteNumber("done", summary.Decision.Done.Count);
        json.WriteNumber("underway", summary.Decision.Underway.Count);
        json.WriteNumber("failed", summary.Decision.Given.Count);
    }

    private static void WriteStage(Utf8JsonWriter json, PlanSummary.StageSummary stage)
    {
        json.WriteStartObject();
        json.WriteString("stage", stage.Stage.Name);
        json.WriteNumber("runs", stage.Runs);
        json.WriteNumber("new", stage.New);
        json.WriteNumber("done", stage.Done);
        json.WriteNumber("underway", stage.Underway);
        json.WriteNumber("failed", stage.Failed);
        json.WriteStartArray("needs");
        foreach (var need in stage.Stage.Needs)
            json.WriteStringValue(need);
        json.WriteEndArray();
        WriteResources(json, stage.Stage.Resources);
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, Resources resources)
    {
        json.WriteStartObject("resources");
        json.WriteNumber("nodes", resources.Nodes ?? 1);
        json.WriteNumber("cpus", resources.Cpus ?? 1);
        json.WriteNumber("gpus", resources.Gpus?.Count ?? 0);
        if (resources.Memory is { } memory)
            json.WriteNumber("memory", memory.Bytes);
        if (resources.Walltime is { } walltime)
            json.WriteNumber("walltime", walltime.Duration.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteHours(Utf8JsonWriter json, string name, double? hours)
    {
        if (hours is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void WriteRuns(Utf8JsonWriter json, PlanSummary summary, int ofEach)
    {
        var commands = new PlannedCommands(summary.Planned);
        json.WriteStartArray("list");
        foreach (var run in summary.Examples(ofEach))
        {
            json.WriteStartObject();
            json.WriteString("run", run.Id.ToString());
            json.WriteString("stage", run.Stage.Name);
            json.WritePropertyName("parameters");
            json.Write(run.Parameters);
            json.WriteString("state", summary.StateOf(run.Id));
            json.WriteString("folder", summary.Planned.Plan.FolderOf(run));
            json.WriteString("command", commands.CommandOf(run));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
