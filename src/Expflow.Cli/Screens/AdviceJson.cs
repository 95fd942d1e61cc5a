using System.Text.Json;
using Expflow.Advice;
using Expflow.Cli.Commands;
using Expflow.Problems;

namespace Expflow.Cli.Screens;

/// <summary>Advice as JSON: bytes, seconds and cores; what nobody knows is null.</summary>
internal static class AdviceJson
{
    public static void Print(Terminal terminal, AdvisedExperiment advice, AppliedAdvice? applied, DateTimeOffset now) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", advice.Reading.Name);
                json.WriteString("file", advice.Reading.File);
                json.WriteStartArray("stages");
                foreach (var stage in advice.Stages)
                    Write(json, stage);
                json.WriteEndArray();
                json.WriteStartObject("cost");
                Write(json, "remaining", CostComparison.OfRemaining(advice.Stages));
                Write(json, "all", CostComparison.OfAll(advice.Stages));
                json.WriteEndObject();
                Write(json, advice.Places, now);
                json.WriteStartArray("warnings");
                foreach (var warning in advice.Warnings)
                    Write(json, warning);
                json.WriteEndArray();
                if (applied is not null)
                    Write(json, applied);
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, Checked<AdvicePlaces> places, DateTimeOffset now)
    {
        if (!places.TryGet(out var known))
        {
            json.WriteNull("partitions");
            json.WriteString("partitions_unknown", places.Problems[0].Text);
            return;
        }
        json.WriteStartObject("partitions");
        json.WriteString("cluster", known.Site.Cluster);
        PartitionsJson.WriteJobs(json, known.Looks, now);
        json.WriteStartArray("starts");
        foreach (var start in known.Starts)
        {
            json.WriteStartObject();
            json.WriteString("stage", start.Stage);
            json.WriteString("partition", start.Partition);
            json.WriteString("as_asked", start.AsAsked);
            json.WriteString("as_advised", start.AsAdvised);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StageAdvice stage)
    {
        json.WriteStartObject();
        json.WriteString("stage", stage.Stage.Name);
        json.WriteNumber("runs", stage.Runs);
        json.WriteNumber("remaining", stage.Remaining);
        json.WriteNumber("finished", stage.Finished);
        json.WriteStartObject("resources");
        foreach (var one in stage.Resources)
        {
            json.WriteStartObject(one.Key);
            Write(json, "asked", one.Asked);
            Write(json, "next", one.Next);
            json.WriteString("write", one.Next is { } next ? ResourceText.Write(one.Key, next) : null);
            json.WriteBoolean("change", one.IsChange);
            json.WriteString("reason", one.Words);
            Write(json, one.Evidence);
            if (one.Driver is { } driver)
                Write(json, one.Key, driver);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (stage.Gpus is { } gpus)
            Write(json, gpus);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteNumber("measured", evidence.Measured?.Count ?? 0);
        Write(json, "median", evidence.Measured?.Median);
        Write(json, "p95", evidence.Measured?.P95);
        Write(json, "most", evidence.Most);
        json.WriteNumber("not_enough", evidence.Outgrown);
        Write(json, "not_enough_at", evidence.OutgrownAt);
    }

    private static void Write(Utf8JsonWriter json, string key, DriverAdvice driver)
    {
        json.WriteStartObject("goes_with");
        json.WriteString("parameter", driver.Parameter);
        json.WriteNumber("share", Math.Round(driver.Share, 4));
        json.WriteStartArray("also");
        foreach (var name in driver.Also)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (var value in driver.Values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value);
            json.WriteNumber("runs", value.Runs);
            json.WriteNumber("remaining", value.Remaining);
            Write(json, "next", value.Next);
            json.WriteString("write", value.Next is { } next ? ResourceText.Write(key, next) : null);
            Write(json, value.Evidence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GpuAdvice gpus)
    {
        json.WriteStartObject("gpus");
        json.WriteNumber("count", gpus.Count);
        Write(json, "memory", gpus.Memory?.Most);
        Write(json, "card_memory", gpus.CardMemory);
        Write(json, "use_percent", gpus.Use?.Mean);
        json.WriteNumber("out_of_memory", gpus.OutOfMemory);
        Write(json, "workers_per_gpu", gpus.Workers);
        json.WriteString("reason", gpus.Words);
        json.WriteStartArray("types");
        foreach (var type in gpus.Types)
        {
            json.WriteStartObject();
            json.WriteString("type", type.Type);
            json.WriteNumber("runs", type.Runs);
            json.WriteNumber("median_seconds", type.Seconds);
            json.WriteNumber("gpu_hours", type.GpuHours);
            Write(json, "use_percent", type.Use);
            Write(json, "relative_time", type.Relative);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, CostComparison cost)
    {
        json.WriteStartObject(name);
        json.WriteNumber("runs", cost.Runs);
        Write(json, "asked", cost.Asked);
        Write(json, "advised", cost.Advised);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, RequestHours hours)
    {
        json.WriteStartObject(name);
        Write(json, "cpu_hours_at_most", hours.CpuAtMost);
        Write(json, "gpu_hours_at_most", hours.GpuAtMost);
        Write(json, "cpu_hours_as_measured", hours.CpuExpected);
        Write(json, "gpu_hours_as_measured", hours.GpuExpected);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ComparabilityWarning warning)
    {
        json.WriteStartObject();
        json.WriteString("kind", warning.Kind);
        json.WriteString("stage", warning.Stage);
        json.WriteString("text", warning.Words);
        json.WriteStartArray("groups");
        foreach (var (value, runs) in warning.Groups)
        {
            json.WriteStartObject();
            json.WriteString("value", value);
            json.WriteStartArray("runs");
            foreach (var run in runs)
                json.WriteStringValue(run.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AppliedAdvice applied)
    {
        json.WriteStartObject("applied");
        json.WriteString("file", applied.File);
        json.WriteStartArray("diff");
        foreach (var line in applied.Diff)
            json.WriteStringValue(line);
        json.WriteEndArray();
        CheckJson.WriteProblems(json, "refused", applied.Refused);
        json.WriteEndObject();
    }

    /// <summary>A number, or null for what nobody knows.</summary>
    internal static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }
}
