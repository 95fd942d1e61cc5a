using Expflow.Detection;
using Expflow.Processes;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>What this machine and its cluster have, a line for each thing.</summary>
internal sealed class EnvScreen(Terminal terminal, SiteReport report)
{
    private const string Unknown = "unknown";

    public void Show()
    {
        Line("user", $"{report.User} ({report.UserId})");
        Line("home", Said(report.Home, Of));
        Line("scratch", Said(report.Scratch, Of));
        foreach (var place in report.Scratch.OrNull?.PassedOver ?? [])
            Line("", $"not {place.From} '{place.Path}': {place.Trouble}");
        Line("machine", Said(report.Machine, Of));
        Line("Slurm", Said(report.Cluster, Of));
        if (report.Cluster is not Finding<SlurmConfiguration>.Absent)
            ShowCluster();
        Line("modules", Said(report.Modules, Of));
        Line("containers", Said(report.Containers, Of));
        Line("conda", Said(report.Conda, Of));
        if (report.Unlearned.Count == 0)
            return;
        terminal.Line();
        terminal.Line("Could not be learnt:");
        foreach (var (what, why) in report.Unlearned)
            terminal.Line($"  {what}: {why}");
    }

    private void ShowCluster()
    {
        if (report.Cluster.OrNull is { } cluster)
            foreach (var (name, text) in ClusterText.Of(cluster))
                Line(name, text);
        Line("accounting", Said(report.Accounting, _ => "sacct answers"));
        ShowPreemption();
        Line("accounts", Said(report.Accounts, Of));
        foreach (var limit in (report.Accounts.OrNull?.Associations ?? []).Select(LimitText.Of).OfType<string>())
            Line("", limit);
        Line("qos", Said(report.Qos, all => string.Join(", ", all.Select(one => one.Name))));
        foreach (var limit in (report.Qos.OrNull ?? []).Select(LimitText.Of).OfType<string>())
            Line("", limit);
        Line("partitions", Said(report.Partitions, all => $"{all.Count}"));
        if (report.Partitions.OrNull is { Count: > 0 } partitions)
            Show(PartitionSummary.Of(partitions, report.Nodes.OrNull ?? []));
    }

    private void ShowPreemption()
    {
        if (report.Cluster.OrNull is not { } cluster)
            return;
        var lower = (report.Partitions.OrNull ?? [])
            .Where(one => one.PreemptMode is { } mode and not "OFF")
            .Select(one => $"'{one.Name}' ({one.PreemptMode})")
            .ToList();
        Line(
            "preemption",
            cluster.PreemptType is not { } type ? "none"
                : lower.Count == 0 ? type
                : $"{type}: jobs of {string.Join(", ", lower)} may be taken off their nodes"
        );
    }

    private void Show(IReadOnlyList<PartitionSummary> partitions) =>
        PlainTable.Print(
            terminal,
            [
                "partition",
                "default",
                "state",
                "at most",
                ">nodes",
                ">idle",
                ">mixed",
                ">full",
                ">drained",
                ">down",
                ">reserved",
                ">unclear",
                ">CPUs free",
                "memory",
                "GPUs free",
            ],
            [
                .. partitions.Select(one =>
                    (string[])
                        [
                            one.Partition.Name,
                            one.Partition.IsDefault ? "yes" : "",
                            one.Partition.IsUp ? "" : one.Partition.State,
                            one.Partition.MaxTime is { } most ? $"{Walltime.From(most)}" : "no limit",
                            report.Nodes.OrNull is null ? Unknown : $"{one.Nodes.Count}",
                            Count(one, NodeCondition.Idle),
                            Count(one, NodeCondition.Mixed),
                            Count(one, NodeCondition.Allocated),
                            Count(one, NodeCondition.Drained),
                            Count(one, NodeCondition.Down),
                            Count(one, NodeCondition.Reserved),
                            Count(one, NodeCondition.Unknown),
                            report.Nodes.OrNull is null ? Unknown : $"{one.FreeCpus}/{one.Cpus}",
                            one.MostMemory is { } memory ? Figures.Bytes(memory.Bytes) : "",
                            report.Nodes.OrNull is null ? Unknown : string.Join(", ", one.Gpus.Select(GpuText.Of)),
                        ]
                ),
            ]
        );

    private static string Count(PartitionSummary one, NodeCondition condition) =>
        one.Count(condition) is > 0 and var count ? $"{count}" : "";

    private void Line(string name, string text) => terminal.Line($"{name, -11} {text}".TrimEnd());

    private static string Said<T>(Finding<T> finding, Func<T, string> words) =>
        finding switch
        {
            Finding<T>.Known known => words(known.Value),
            Finding<T>.Absent absent => $"not here: {absent.What}",
            _ => Unknown,
        };

    private static string Of(Place place) =>
        $"{place.Path}: {(place.Trouble is null ? RoomOf(place.Space) : place.Trouble)}";

    private string Of(ScratchSight sight) =>
        sight.Best is { } best ? $"{best.Path} ({best.From}): {RoomOf(best.Space)}" : "none that can be used";

    private static string RoomOf(DiskSpace? space) =>
        space is null ? $"room {Unknown}"
        : space.FreeFiles is { } files ? $"{Figures.Bytes(space.FreeBytes)} and {Figures.Count(files)} files free"
        : $"{Figures.Bytes(space.FreeBytes)} free, files not counted";

    private static string Of(MachineSight machine) =>
        $"{machine.Host}: {DecisionText.Count(machine.Cores, "core")}, {Figures.Bytes(machine.Memory)}, {GpusOf(machine)}";

    private static string GpusOf(MachineSight machine) =>
        machine.Gpus.Count == 0
            ? "no GPUs"
            : string.Join(", ", machine.Gpus.GroupBy(model => model).Select(group => $"{group.Count()} × {group.Key}"));

    private static string Of(SlurmConfiguration cluster) =>
        $"cluster '{cluster.ClusterName}', version {cluster.Version ?? Unknown}";

    private static string Of(UserAccounts accounts) =>
        accounts.Associations.Count == 0
            ? "none"
            : string.Join(", ", accounts.Names.Select(name => name == accounts.Default ? $"{name} (default)" : name));

    private static string Of(Software software) =>
        $"{software.Name}{(software.Version is { } version ? $" {version}" : "")} ({software.Where})";
}
