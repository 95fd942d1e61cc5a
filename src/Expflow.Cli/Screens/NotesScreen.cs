using System.Globalization;
using Expflow.Journal;

namespace Expflow.Cli.Screens;

/// <summary>Shows tags and notes.</summary>
internal static class NotesScreen
{
    public static void Print(Terminal terminal, string subject, IReadOnlyList<JournalEvent.Noted> notes)
    {
        if (notes.Count == 0)
        {
            terminal.Line($"{subject}: no tags and no notes. '--tag' and '--note' add some.");
            return;
        }
        var tags = TagsOf(notes);
        terminal.Line(tags.Length == 0 ? $"{subject}: no tags" : $"{subject}: {string.Join(", ", tags)}");
        terminal.Line();
        var table = new TextTable().Column("when (UTC)").Column("run").Column("tags").Column("note");
        foreach (var noted in notes)
            table.Row(
                noted.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                noted.Run?.Brief ?? "",
                string.Join(", ", noted.Tags),
                noted.Note ?? ""
            );
        table.Print(terminal.Out);
    }

    public static void PrintJson(Terminal terminal, string experiment, IReadOnlyList<JournalEvent.Noted> notes) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", experiment);
                json.WriteStartArray("tags");
                foreach (var tag in TagsOf(notes))
                    json.WriteStringValue(tag);
                json.WriteEndArray();
                json.WriteStartArray("notes");
                foreach (var noted in notes)
                {
                    json.WriteStartObject();
                    json.WriteString("at", noted.At);
                    if (noted.Run is { } run)
                        json.WriteString("run", run.ToString());
                    json.WriteStartArray("tags");
                    foreach (var tag in noted.Tags)
                        json.WriteStringValue(tag);
                    json.WriteEndArray();
                    if (noted.Note is { } note)
                        json.WriteString("note", note);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static string[] TagsOf(IEnumerable<JournalEvent.Noted> notes) =>
        [.. notes.SelectMany(noted => noted.Tags).Distinct()];
}
