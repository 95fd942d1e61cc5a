using Expflow.Pruning;

namespace Expflow.Cli.Screens;

/// <summary>Shows what a prune archives, and what came of it.</summary>
internal static class PruneScreen
{
    private const int MostLeftAlone = 20;

    public static void Print(Composition with, PrunePlan plan, ArchiveOutcome? outcome)
    {
        var terminal = with.Terminal;
        PrintItems(with, plan);
        foreach (var left in plan.LeftAlone.Take(MostLeftAlone))
            terminal.Line($"'{left.Path}' stays: it {left.Reason}.");
        if (plan.LeftAlone.Count > MostLeftAlone)
            terminal.Line($"{plan.LeftAlone.Count - MostLeftAlone} more stay.");
        switch (outcome)
        {
            case ArchiveOutcome.Archived archived:
                terminal.Line(
                    $"Archived to {ShownPath.Of(archived.Path, with.Folder)} ({Figures.Bytes(archived.Bytes)})."
                );
                break;
            case ArchiveOutcome.NotRemoved archived:
                terminal.Line(
                    $"Archived to {ShownPath.Of(archived.Path, with.Folder)} ({Figures.Bytes(archived.Bytes)})."
                );
                terminal.Complain($"{archived.Problem}");
                break;
            case ArchiveOutcome.Refused refused:
                terminal.Complain($"{refused.Problem}");
                break;
            default:
                if (plan.Items.Count > 0)
                    terminal.Line("Nothing has been touched. '--yes' moves it into '.expflow/archive'.");
                break;
        }
    }

    public static void PrintJson(Terminal terminal, PrunePlan plan, ArchiveOutcome? outcome) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("files", plan.Files);
                json.WriteNumber("bytes", plan.Bytes);
                json.WriteStartArray("items");
                foreach (var item in plan.Items)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", item.Kind.ToString().ToLowerInvariant());
                    json.WriteString("path", item.Path);
                    json.WriteString("reason", item.Reason);
                    json.WriteNumber("files", item.Files);
                    json.WriteNumber("bytes", item.Bytes);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteStartArray("left_alone");
                foreach (var left in plan.LeftAlone)
                {
                    json.WriteStartObject();
                    json.WriteString("path", left.Path);
                    json.WriteString("reason", left.Reason);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                var (archive, problem) = outcome switch
                {
                    ArchiveOutcome.Archived archived => (archived.Path, null),
                    ArchiveOutcome.NotRemoved archived => (archived.Path, archived.Problem),
                    ArchiveOutcome.Refused refused => (null, refused.Problem),
                    _ => ((string?)null, (Problems.Problem?)null),
                };
                json.WriteString("archive", archive);
                if (problem is not null)
                    json.WriteString("problem", problem.ToString());
                json.WriteEndObject();
            }
        );

    private static void PrintItems(Composition with, PrunePlan plan)
    {
        if (plan.Items.Count == 0)
        {
            with.Terminal.Line("Nothing to archive.");
            return;
        }
        var table = new TextTable()
            .Column("folder")
            .Column("why")
            .Column("files", right: true)
            .Column("size", right: true);
        foreach (var item in plan.Items)
            table.Row(item.Path, item.Reason, $"{item.Files}", Figures.Bytes(item.Bytes));
        if (plan.Items.Count > 1)
            table.Row($"{plan.Items.Count} folders", "", $"{plan.Files}", Figures.Bytes(plan.Bytes));
        table.Print(with.Terminal.Out);
        with.Terminal.Line();
    }
}
