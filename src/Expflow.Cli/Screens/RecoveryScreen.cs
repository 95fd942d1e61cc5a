using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Expflow.Recovery;
using Expflow.Retries;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>What recovery decides about an experiment: a line for the runs of a stage that fare alike.</summary>
internal sealed partial class RecoveryScreen(Terminal terminal)
{
    private const int MostLines = 30;

    public void Show(string experiment, RecoveryPlan plan)
    {
        terminal.Line($"{experiment}: {Summary(plan)}");
        var table = new TextTable().Column("decision").Column("stage").Column("runs", right: true).Column("why");
        var lines = plan.Decisions.GroupBy(LineOf).ToList();
        if (lines.Count == 0)
            return;
        foreach (var line in lines.Take(MostLines))
            table.Row(
                line.Key.Word,
                line.Key.Stage,
                line.Count() == 1
                    ? line.First().Run.Run.Run.Id.Brief
                    : line.Count().ToString("#,0", CultureInfo.InvariantCulture),
                WordsOf([.. line])
            );
        table.Print(terminal.Out);
        if (lines.Count > MostLines)
            terminal.Line($"… and {lines.Count - MostLines:#,0} more lines; '--json' has them all.");
    }

    public static void PrintJson(
        Terminal terminal,
        IEnumerable<(string Experiment, RecoveryPlan Plan, string? Outcome)> plans
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartArray();
                foreach (var (experiment, plan, outcome) in plans)
                    Write(json, experiment, plan, outcome);
                json.WriteEndArray();
            }
        );

    private static string WordsOf(IReadOnlyList<RecoveryDecision> alike) =>
        (alike[0], alike.Count) switch
        {
            (RecoveryDecision.Follow follow, > 1) => $"go out again behind runs of {follow.Upstream.Run.Stage}",
            (RecoveryDecision.Blocked blocked, > 1) => $"need runs of {blocked.Upstream.Run.Stage}: {blocked.Why}",
            var (one, _) => one.Words,
        };

    // Runs that fare alike but for a number or the run that they wait for are one line.
    private static (string Word, string Stage, string Like) LineOf(RecoveryDecision one) =>
        (
            one.Word,
            one.Run.Run.Run.Stage,
            Digits()
                .Replace(
                    one switch
                    {
                        RecoveryDecision.Blocked blocked => $"{blocked.Upstream.Run.Stage}: {blocked.Why}",
                        RecoveryDecision.Follow follow => follow.Upstream.Run.Stage,
                        _ => one.Words,
                    },
                    "#"
                )
        );

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    /// <summary><c>4 runs go out again, 8 behind them; 1 left as it is</c>.</summary>
    public static string Summary(RecoveryPlan plan)
    {
        int Count<T>() => plan.Decisions.Count(one => one is T);
        var parts = new List<string>();
        Add(parts, Count<RecoveryDecision.Again>(), "tried again");
        Add(parts, Count<RecoveryDecision.Send>(), "sent out");
        Add(parts, Count<RecoveryDecision.Follow>(), "sent out behind them");
        Add(parts, Count<RecoveryDecision.Release>(), "let go");
        Add(parts, Count<RecoveryDecision.Hold>(), "held");
        Add(parts, Count<RecoveryDecision.Leave>(), "left as they are");
        Add(parts, Count<RecoveryDecision.Blocked>(), "blocked");
        return parts.Count == 0 ? "nothing to recover" : string.Join(", ", parts);
    }

    private static void Add(List<string> parts, int number, string what)
    {
        if (number > 0)
            parts.Add($"{number:#,0} {what}");
    }

    private static void Write(Utf8JsonWriter json, string experiment, RecoveryPlan plan, string? outcome)
    {
        json.WriteStartObject();
        json.WriteString("experiment", experiment);
        json.WriteString("outcome", outcome);
        json.WriteStartArray("decisions");
        foreach (var one in plan.Decisions)
        {
            json.WriteStartObject();
            json.WriteString("run", one.Run.Run.Run.Id.ToString());
            json.WriteString("stage", one.Run.Run.Run.Stage);
            json.WriteString("decision", one.Word);
            if (one is RecoveryDecision.Again again)
                json.WriteString("cause", again.Cause);
            json.WriteString("reason", one.Words);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("arrays");
        foreach (var group in plan.Groups)
            Write(json, group);
        json.WriteEndArray();
        json.WriteStartArray("held");
        foreach (var hold in plan.Holds)
        {
            json.WriteStartObject();
            json.WriteString("stage", hold.Stage);
            json.WriteString("reason", hold.Reason);
            json.WriteNumber("runs", hold.Rest.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RetryGroup group)
    {
        json.WriteStartObject();
        json.WriteString("stage", group.Stage);
        json.WriteString("cause", group.Cause);
        json.WriteNumber("runs", group.Runs.Count);
        Write(json, group.Resources);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RetryResources resources)
    {
        if (resources.Memory is { } memory)
            json.WriteString("memory", MemorySize.FromBytes(memory).ToString());
        if (resources.Cpus is { } cpus)
            json.WriteNumber("cpus", cpus);
        if (resources.Walltime is { } walltime)
            json.WriteString("walltime", Walltime.From(walltime).ToString());
        json.WriteStartArray("exclude");
        foreach (var node in resources.Exclude)
            json.WriteStringValue(node);
        json.WriteEndArray();
    }
}
