using System.Text.Json;
using Expflow.Access;
using Expflow.Cli.Commands;
using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>The access map as JSON: <c>cluster</c>, <c>partitions</c>, and for each job that was asked about who takes it. What isn't known is null.</summary>
internal static class PartitionsJson
{
    public static void Print(Terminal terminal, AccessSite site, IReadOnlyList<AccessLook> looks, DateTimeOffset now) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("cluster", site.Cluster);
                json.WriteString("default_account", site.Accounts?.Default);
                json.WriteString("not_learnt", looks[0].Map.Shortfall);
                json.WriteStartArray("partitions");
                foreach (var partition in site.Partitions)
                    Write(json, site, partition);
                json.WriteEndArray();
                WriteJobs(json, looks, now);
                json.WriteEndObject();
            }
        );

    /// <summary>An array <c>jobs</c>: what each asks for, and who takes it.</summary>
    public static void WriteJobs(Utf8JsonWriter json, IReadOnlyList<AccessLook> looks, DateTimeOffset now)
    {
        json.WriteStartArray("jobs");
        foreach (var look in looks)
            Write(json, look, now);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AccessSite site, Partition partition)
    {
        var nodes = site.NodesOf(partition.Name);
        json.WriteStartObject();
        json.WriteString("partition", partition.Name);
        json.WriteBoolean("default", partition.IsDefault);
        json.WriteString("state", partition.State);
        Number(json, "max_time", partition.MaxTime?.TotalSeconds);
        Number(json, "nodes", nodes.Count > 0 ? nodes.Count : null);
        Number(json, "cpus", nodes.Count > 0 ? nodes.Sum(node => node.Cpus) : null);
        Number(json, "cpus_free", nodes.Count > 0 ? nodes.Sum(node => node.FreeCpus) : null);
        SiteJson.WriteGpus(json, site.GpusOf(partition.Name) ?? []);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AccessLook look, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteStartArray("stages");
        foreach (var stage in look.Job.Stages)
            json.WriteStringValue(stage);
        json.WriteEndArray();
        Write(json, look.Job.Wanted);
        json.WriteString("asked_at", look.Map.At);
        json.WriteNumber("age", Math.Round((now - look.Map.At).TotalSeconds, 1));
        json.WriteNumber("calls", look.Map.Calls);
        json.WriteNumber("left_out", look.Map.LeftOut);
        json.WriteStartArray("access");
        foreach (var choice in look.Choices)
            Write(json, choice.Entry, choice, look.Map.At, now);
        foreach (var entry in look.Map.Entries.Where(entry => !entry.IsAllowed))
            Write(json, entry, null, look.Map.At, now);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Resources wanted)
    {
        json.WriteStartObject("asks");
        Number(json, "nodes", wanted.Nodes);
        Number(json, "cpus", wanted.Cpus);
        Number(json, "memory", wanted.Memory?.Bytes);
        Number(json, "gpus", wanted.Gpus?.Count);
        json.WriteString("gpu_type", wanted.Gpus?.Type);
        Number(json, "walltime", wanted.Walltime?.Duration.TotalSeconds);
        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json,
        AccessEntry entry,
        PartitionChoice? choice,
        DateTimeOffset asked,
        DateTimeOffset now
    )
    {
        json.WriteStartObject();
        json.WriteString("partition", entry.Question.Partition);
        json.WriteString("account", entry.Question.Account);
        json.WriteString("qos", entry.Question.Qos);
        json.WriteBoolean("gpus", entry.Question.WithGpus);
        json.WriteString(
            "verdict",
            entry.Verdict switch
            {
                AccessVerdict.Allowed => "allowed",
                AccessVerdict.Refused => "refused",
                AccessVerdict.LeftOut => "left_out",
                _ => "unknown",
            }
        );
        json.WriteString(
            "reason",
            entry.Verdict switch
            {
                AccessVerdict.Refused refused => refused.Reason,
                AccessVerdict.Unknown unknown => unknown.Why,
                _ => null,
            }
        );
        if (choice is not null)
            Write(json, choice, now - asked <= AccessMemory.GoodForStarts);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PartitionChoice choice, bool young)
    {
        if (young && choice.Entry.Start is { } start)
            json.WriteString("expected_start", start);
        else
            json.WriteNull("expected_start");
        Number(json, "cpu_hours", choice.Cost?.CpuHours);
        Number(json, "gpu_hours", choice.Cost?.GpuHours);
        Number(json, "charge", choice.Cost?.Charge);
        json.WriteBoolean("soonest", young && choice.IsSoonest);
        json.WriteBoolean("cheapest", choice.IsCheapest);
    }

    private static void Number(Utf8JsonWriter json, string name, double? number) => SiteJson.Number(json, name, number);
}
