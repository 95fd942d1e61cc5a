using System.Text.Json;
using Expflow.Detection;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>What this machine and its cluster have, as JSON. Each thing has a <c>status</c>: <c>known</c>, <c>absent</c> (with <c>what</c>) or <c>unlearned</c> (with <c>why</c>).</summary>
internal static class EnvJson
{
    public static void Print(Terminal terminal, SiteReport report) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("user", report.User);
                json.WriteNumber("user_id", report.UserId);
                Write(json, "home", report.Home, Write);
                Write(json, "scratch", report.Scratch, Write);
                Write(json, "machine", report.Machine, Write);
                Write(json, "cluster", report.Cluster, Write);
                Write(json, "accounting", report.Accounting, (_, _) => { });
                Write(json, "accounts", report.Accounts, Write);
                Write(json, "qos", report.Qos, Write);
                Write(json, "partitions", report.Partitions, (to, all) => Write(to, all, report.Nodes.OrNull));
                Write(json, "nodes", report.Nodes, (to, all) => to.WriteNumber("count", all.Count));
                Write(json, "modules", report.Modules, Write);
                Write(json, "containers", report.Containers, Write);
                Write(json, "conda", report.Conda, Write);
                json.WriteEndObject();
            }
        );

    private static void Write<T>(Utf8JsonWriter json, string name, Finding<T> finding, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject(name);
        switch (finding)
        {
            case Finding<T>.Known known:
                json.WriteString("status", "known");
                write(json, known.Value);
                break;
            case Finding<T>.Absent absent:
                json.WriteString("status", "absent");
                json.WriteString("what", absent.What);
                break;
            case Finding<T>.Unlearned unlearned:
                json.WriteString("status", "unlearned");
                json.WriteString("why", unlearned.Why);
                break;
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Place place)
    {
        json.WriteString("path", place.Path);
        json.WriteString("from", place.From);
        SiteJson.Number(json, "free_bytes", place.Space?.FreeBytes);
        SiteJson.Number(json, "free_files", place.Space?.FreeFiles);
        json.WriteString("trouble", place.Trouble);
    }

    private static void Write(Utf8JsonWriter json, ScratchSight sight)
    {
        if (sight.Best is { } best)
            Write(json, best);
        else
            json.WriteNull("path");
        json.WriteStartArray("passed_over");
        foreach (var place in sight.PassedOver)
        {
            json.WriteStartObject();
            Write(json, place);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MachineSight machine)
    {
        json.WriteString("host", machine.Host);
        json.WriteNumber("cores", machine.Cores);
        json.WriteNumber("memory", machine.Memory);
        json.WriteStartArray("gpus");
        foreach (var model in machine.Gpus)
            json.WriteStringValue(model);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SlurmConfiguration cluster)
    {
        json.WriteString("name", cluster.ClusterName);
        json.WriteString("version", cluster.Version);
        SiteJson.Number(json, "max_array_size", cluster.MaxArraySize);
        SiteJson.Number(json, "max_job_count", cluster.MaxJobCount);
        SiteJson.Number(json, "min_job_age", cluster.MinJobAge?.TotalSeconds);
        SiteJson.Number(json, "kill_wait", cluster.KillWait?.TotalSeconds);
        json.WriteBoolean("has_database", cluster.HasAccounting);
        json.WriteBoolean("enforces_accounts", cluster.EnforcesAssociations);
        json.WriteBoolean("enforces_limits", cluster.EnforcesLimits);
        json.WriteString("memory_measured_by", cluster.JobMeasuring);
        if (cluster.KernelHoldsMemory is { } held)
            json.WriteBoolean("kernel_holds_memory", held);
        else
            json.WriteNull("kernel_holds_memory");
        json.WriteBoolean("slurmd_holds_memory", cluster.PollsMemory);
        json.WriteString("preempt_type", cluster.PreemptType);
        json.WriteString("preempt_mode", cluster.PreemptMode);
        json.WriteString("private_data", cluster.PrivateData);
    }

    private static void Write(Utf8JsonWriter json, UserAccounts accounts)
    {
        json.WriteString("default", accounts.Default);
        json.WriteString("shortfall", accounts.Shortfall);
        json.WriteStartArray("list");
        foreach (var one in accounts.Associations)
        {
            json.WriteStartObject();
            json.WriteString("account", one.Account);
            json.WriteString("partition", one.Partition);
            SiteJson.Number(json, "max_submit_jobs", one.MaxSubmitJobs);
            SiteJson.Number(json, "group_submit_jobs", one.GroupSubmitJobs);
            SiteJson.Number(json, "max_jobs", one.MaxJobs);
            SiteJson.Number(json, "group_jobs", one.GroupJobs);
            SiteJson.Number(json, "max_time", one.MaxWall?.TotalSeconds);
            json.WriteString("default_qos", one.DefaultQos);
            json.WriteStartArray("qos");
            foreach (var qos in one.Qos)
                json.WriteStringValue(qos);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Qos> all)
    {
        json.WriteStartArray("list");
        foreach (var one in all)
        {
            json.WriteStartObject();
            json.WriteString("qos", one.Name);
            SiteJson.Number(json, "max_submit_jobs_per_user", one.MaxSubmitJobsPerUser);
            SiteJson.Number(json, "max_jobs_per_user", one.MaxJobsPerUser);
            SiteJson.Number(json, "max_time", one.MaxWall?.TotalSeconds);
            json.WriteString("max_tres_per_user", one.MaxTresPerUser);
            json.WriteString("max_tres_per_job", one.MaxTresPerJob);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Partition> partitions, IReadOnlyList<SlurmNode>? nodes)
    {
        json.WriteStartArray("list");
        foreach (var one in PartitionSummary.Of(partitions, nodes ?? []))
        {
            json.WriteStartObject();
            json.WriteString("partition", one.Partition.Name);
            json.WriteBoolean("default", one.Partition.IsDefault);
            json.WriteString("state", one.Partition.State);
            SiteJson.Number(json, "max_time", one.Partition.MaxTime?.TotalSeconds);
            SiteJson.Number(json, "default_time", one.Partition.DefaultTime?.TotalSeconds);
            if (nodes is not null)
                WriteNodes(json, one);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteNodes(Utf8JsonWriter json, PartitionSummary one)
    {
        json.WriteStartObject("nodes");
        json.WriteNumber("all", one.Nodes.Count);
        foreach (var condition in Enum.GetValues<NodeCondition>())
            json.WriteNumber(condition.ToString().ToLowerInvariant(), one.Count(condition));
        json.WriteEndObject();
        json.WriteNumber("cpus", one.Cpus);
        json.WriteNumber("cpus_free", one.FreeCpus);
        SiteJson.Number(json, "cpus_per_node", one.MostCpus);
        SiteJson.Number(json, "memory_per_node", one.MostMemory?.Bytes);
        SiteJson.WriteGpus(json, one.Gpus);
    }

    private static void Write(Utf8JsonWriter json, Software software)
    {
        json.WriteString("name", software.Name);
        json.WriteString("version", software.Version);
        json.WriteString("where", software.Where);
    }
}
