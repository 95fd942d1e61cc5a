using System.Text.Json;
using Expflow.Manifests;
using Expflow.Tracking;
using Expflow.Verification;

namespace Expflow.Cli.Screens;

/// <summary>What should be there against what is: the kinds of holes, then each with its reason.</summary>
internal sealed class VerificationScreen(Terminal terminal)
{
    private const int MostShown = 20;
    private const int MostExtra = 5;

    public void Show(string experiment, string target, VerificationReport report, bool all)
    {
        var good = report.Runs.Count - report.Holes.Count;
        terminal.Line(
            $"{experiment}: {DecisionText.Count(report.Runs.Count, "run")} expected, {good:#,0} verified, {DecisionText.Count(report.Holes.Count, "hole")}"
        );
        foreach (var (kind, runs) in report.Summary)
            terminal.Line($"  {runs, 6:#,0}  {kind.Words()}");
        if (report.Holes.Count > 0)
            ShowHoles(target, report.Holes, all);
        ShowExtra(report.Extra, all);
    }

    private void ShowHoles(string target, IReadOnlyList<VerifiedRun> holes, bool all)
    {
        terminal.Line();
        foreach (var hole in all ? holes : holes.Take(MostShown))
            terminal.Line($"  {hole.Run.Id.Brief}  {RunNames.Of(hole.Run)}: {TextOf(hole)}");
        if (!all && holes.Count > MostShown)
            terminal.Line($"  … and {holes.Count - MostShown:#,0} more. --all lists them.");
        terminal.Line();
        terminal.Line($"'expflow retry {target} --holes' runs them.");
    }

    private static string TextOf(VerifiedRun hole)
    {
        var kind = hole.Hole!.Value.Words();
        return hole.Reason is not { } reason || reason.StartsWith(kind, StringComparison.Ordinal)
            ? hole.Reason ?? kind
            : $"{kind}: {reason}";
    }

    private void ShowExtra(IReadOnlyList<TrackedRun> extra, bool all)
    {
        if (extra.Count == 0)
            return;
        terminal.Line();
        terminal.Line($"{DecisionText.Count(extra.Count, "run")} that the experiment no longer asks for:");
        foreach (var run in all ? extra : extra.Take(MostExtra))
            terminal.Line($"  {run.Run.Id.Brief}  {RunNames.Of(run.Run)}: {run.History.State.Word}");
        if (!all && extra.Count > MostExtra)
            terminal.Line($"  … and {extra.Count - MostExtra:#,0} more");
    }

    public static void PrintJson(Terminal terminal, string experiment, VerificationReport report) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", experiment);
                json.WriteNumber("runs", report.Runs.Count);
                foreach (var state in (ReadOnlySpan<string>)["done", "failed", "running", "pending", "cancelled"])
                    json.WriteNumber(state, report.Count(state));
                json.WriteNumber("never_submitted", report.Count("never submitted"));
                json.WriteNumber("verified", report.Runs.Count - report.Holes.Count);
                json.WriteNumber("holes", report.Holes.Count);
                json.WriteStartObject("reasons");
                foreach (var (kind, runs) in report.Summary)
                    json.WriteNumber(kind.Key(), runs);
                json.WriteEndObject();
                json.WriteStartArray("list");
                foreach (var run in report.Runs)
                    Write(json, run);
                json.WriteEndArray();
                json.WriteStartArray("extra");
                foreach (var run in report.Extra)
                    WriteExtra(json, run);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, VerifiedRun run)
    {
        json.WriteStartObject();
        WriteRun(json, run.Run);
        json.WriteString("state", run.State.Replace(' ', '_'));
        json.WriteBoolean("hole", run.Hole is not null);
        json.WriteString("kind", run.Hole?.Key());
        json.WriteString("reason", run.Reason);
        json.WriteEndObject();
    }

    private static void WriteExtra(Utf8JsonWriter json, TrackedRun run)
    {
        json.WriteStartObject();
        WriteRun(json, run.Run);
        json.WriteString("state", run.History.State.Word);
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, ManifestRun run)
    {
        json.WriteString("run", run.Id.ToString());
        json.WriteString("stage", run.Stage);
        json.WritePropertyName("parameters");
        json.WriteRawValue(run.Parameters, skipInputValidation: true);
    }
}
