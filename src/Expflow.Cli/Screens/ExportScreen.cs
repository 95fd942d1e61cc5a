using Expflow.Exports;

namespace Expflow.Cli.Screens;

/// <summary>Says which files an export left, and what is in them.</summary>
internal static class ExportScreen
{
    public static void Print(
        Composition with,
        string experiment,
        IReadOnlyList<ExportedFile> files,
        bool upToDate,
        bool json
    )
    {
        if (json)
        {
            PrintJson(with.Terminal, experiment, files, upToDate);
            return;
        }
        with.Terminal.Line(upToDate ? $"{experiment}: up to date, nothing new to export." : $"{experiment}: exported.");
        with.Terminal.Line();
        var table = new TextTable().Column("file").Column("rows", right: true).Column("size", right: true);
        foreach (var file in files)
            table.Row(
                ShownPath.Of(file.Path, with.Folder),
                file.Rows is { } rows ? Figures.Count(rows) : "",
                Figures.Bytes(file.Bytes)
            );
        table.Print(with.Terminal.Out);
    }

    private static void PrintJson(
        Terminal terminal,
        string experiment,
        IReadOnlyList<ExportedFile> files,
        bool upToDate
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", experiment);
                json.WriteBoolean("up_to_date", upToDate);
                json.WriteStartArray("files");
                foreach (var file in files)
                {
                    json.WriteStartObject();
                    json.WriteString("path", file.Path);
                    if (file.Rows is { } rows)
                        json.WriteNumber("rows", rows);
                    json.WriteNumber("bytes", file.Bytes);
                    json.WriteString("sha256", file.Sha256);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
}
