using System.Globalization;
using Expflow.Access;
using Expflow.Cli.Commands;
using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>Partitions, who may use them, and when a job would start there.</summary>
internal sealed class PartitionsScreen(Terminal terminal, AccessSite site, DateTimeOffset now)
{
    private const string Unknown = "unknown";

    public void Show(IReadOnlyList<AccessLook> looks)
    {
        foreach (var look in looks)
        {
            terminal.Line(Head(look));
            if (look.Job.IsAny)
                ShowMap(look);
            else
                ShowChoices(look);
            ShowReasons(look);
            if (look != looks[^1])
                terminal.Line();
        }
        if (looks[0].Map.Shortfall is { } shortfall)
            terminal.Line($"Not learnt: {shortfall}.");
    }

    private string Head(AccessLook look)
    {
        var age = now - look.Map.At;
        var when =
            age < TimeSpan.FromSeconds(2)
                ? $"{DecisionText.Count(look.Map.Calls, "call")} of 'sbatch --test-only'"
                : $"asked {Durations.Words(age)} ago; '--refresh' asks now";
        var who = look.Job.IsAny
            ? $"cluster '{site.Cluster}', {DecisionText.Count(site.Partitions.Count, "partition")}"
            : (look.Job.Stages.Count == 0 ? "" : $"{string.Join(", ", look.Job.Stages)}: ") + JobText(look.Job.Wanted);
        return $"{who} ({when})";
    }

    // A row for each account in each partition.
    private void ShowMap(AccessLook look)
    {
        var rows = look
            .Map.Entries.GroupBy(entry => (entry.Question.Partition, entry.Question.Account))
            .Select(group =>
            {
                var partition = site.Partitions.FirstOrDefault(one => one.Name == group.Key.Partition);
                return (string[])
                    [
                        group.Key.Partition,
                        partition?.IsDefault is true ? "yes" : "",
                        group.Key.Account ?? "(your default)",
                        Said(group.FirstOrDefault(entry => !entry.Question.WithGpus), look.Map),
                        Said(group.FirstOrDefault(entry => entry.Question.WithGpus), look.Map),
                        partition?.MaxTime is { } most ? Walltime.From(most).ToString() : "no limit",
                        CpusOf(group.Key.Partition),
                        GpusOf(group.Key.Partition),
                    ];
            })
            .ToList();
        PlainTable.Print(
            terminal,
            ["partition", "default", "account", "CPU jobs", "GPU jobs", "at most", ">CPUs free", "GPUs free"],
            rows
        );
    }

    private void ShowChoices(AccessLook look)
    {
        if (look.Choices.Count == 0)
        {
            terminal.Line("  No partition is known to take it.");
            return;
        }
        var charged = site.Partitions.Any(one => one.BillingWeights is not null);
        PlainTable.Print(
            terminal,
            ["partition", "account", "qos", "starts", "cost", ">charge", ">CPUs free", "GPUs free", "best"],
            [
                .. look.Choices.Select(choice =>
                    (string[])
                        [
                            choice.Entry.Question.Partition,
                            choice.Entry.Question.Account ?? "(your default)",
                            choice.Entry.Question.Qos ?? "",
                            Starts(choice.Entry, look.Map),
                            CostOf(choice.Cost),
                            charged
                                ? choice.Cost?.Charge is { } charge
                                    ? Figures.Of(charge)
                                    : Unknown
                                : "",
                            CpusOf(choice.Entry.Question.Partition),
                            GpusOf(choice.Entry.Question.Partition),
                            string.Join(", ", Marks(choice)),
                        ]
                ),
            ]
        );
        if (
            look.Choices.Count > 1
            && !look.Choices.Any(choice => choice.IsCheapest)
            && look.Choices[0].Cost is not null
        )
            terminal.Line("  All of them cost the same.");
    }

    private void ShowReasons(AccessLook look)
    {
        var open = look
            .Map.Entries.Select(entry => (entry.Question, Why: WhyNot(entry.Verdict)))
            .Where(one => one.Why is not null)
            .GroupBy(one => (one.Question.Partition, one.Question.WithGpus, one.Why))
            .Select(group =>
                (
                    group.Key.Partition,
                    group.Key.WithGpus,
                    group.Key.Why,
                    Accounts: Quoted(group.Select(one => one.Question.Account))
                )
            );
        foreach (var group in open.GroupBy(one => (one.Accounts, one.WithGpus, one.Why)))
            terminal.Line(
                $"{Quoted(group.Select(one => one.Partition))}{(look.Job.IsAny && group.Key.WithGpus ? " with GPUs" : "")}{(group.Key.Accounts.Length > 0 ? $", account {group.Key.Accounts}" : "")}: {group.Key.Why}."
            );
        foreach (
            var named in look.Map.Entries.Where(entry =>
                look.Job.IsAny && entry is { IsAllowed: true, Question.Qos: not null }
            )
        )
            terminal.Line(
                $"'{named.Question.Partition}', account '{named.Question.Account}': only with QOS '{named.Question.Qos}'."
            );
        if (look.Map.LeftOut is > 0 and var left)
            terminal.Line(
                $"{DecisionText.Count(left, "question")} left out: the budget of calls was spent. '--calls {look.Map.Calls + left}' asks all."
            );
    }

    private static string Quoted(IEnumerable<string?> names) =>
        string.Join(", ", names.OfType<string>().Distinct().Select(name => $"'{name}'"));

    private static string? WhyNot(AccessVerdict verdict) =>
        verdict switch
        {
            AccessVerdict.Refused refused => refused.Reason,
            AccessVerdict.Unknown unknown => $"not known: {unknown.Why}",
            _ => null,
        };

    private string Said(AccessEntry? entry, AccessMap map) =>
        entry?.Verdict switch
        {
            null => Figures.Nothing,
            AccessVerdict.Allowed => Starts(entry, map),
            AccessVerdict.Refused => "no",
            AccessVerdict.LeftOut => "not asked",
            _ => Unknown,
        };

    // A guess of long ago is none.
    private string Starts(AccessEntry entry, AccessMap map) =>
        now - map.At > AccessMemory.GoodForStarts ? "yes"
        : entry.Start is not { } start ? "start unknown"
        : start - map.At < TimeSpan.FromMinutes(1) ? "at once"
        : $"in {Durations.Words(start - now > TimeSpan.Zero ? start - now : TimeSpan.Zero)}";

    private static IEnumerable<string> Marks(PartitionChoice choice)
    {
        if (choice.IsSoonest)
            yield return "soonest";
        if (choice.IsCheapest)
            yield return "cheapest";
    }

    private string CpusOf(string partition) =>
        site.NodesOf(partition) is { Count: > 0 } nodes
            ? $"{nodes.Sum(node => node.FreeCpus)}/{nodes.Sum(node => node.Cpus)}"
            : Unknown;

    private string GpusOf(string partition) =>
        site.GpusOf(partition) is { } gpus ? string.Join(", ", gpus.Select(GpuText.Of)) : Unknown;

    private static string CostOf(PartitionCost? cost) =>
        cost is null ? Unknown
        : cost.GpuHours > 0 ? $"{Hours(cost.CpuHours)} CPU-hours, {Hours(cost.GpuHours)} GPU-hours"
        : $"{Hours(cost.CpuHours)} CPU-hours";

    private static string Hours(double hours) =>
        hours.ToString(hours < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    private static string JobText(Resources wanted)
    {
        List<string> parts = [DecisionText.Count(wanted.Cpus ?? 1, "CPU")];
        if (wanted.Memory is { } memory)
            parts.Add($"{memory}");
        if (wanted.Gpus is { Count: > 0 } gpus)
            parts.Add(gpus.Type is null ? DecisionText.Count(gpus.Count, "GPU") : $"{gpus.Count} × {gpus.Type}");
        if (wanted.Nodes is > 1 and var nodes)
            parts.Add($"{nodes} nodes");
        parts.Add(wanted.Walltime is { } walltime ? $"{walltime}" : "no walltime");
        return string.Join(", ", parts);
    }
}
