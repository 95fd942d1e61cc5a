using System.Text;
using Expflow.Tables;

namespace Expflow.Exports;

/// <summary>What each column means, for people.</summary>
internal static class DictionaryFile
{
    public static void Write(ExportRequest request, IReadOnlyList<ExportedFile> files, MetricsTable? metrics, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"# Data dictionary of {Text(request.Experiment)}");
        WriteTable(writer, files[0], "One row a run.", request.Runs.Columns);
        if (metrics is null)
            return;
        WriteTable(
            writer,
            files[1],
            "One row a value, in the order of the runs and then of the steps.",
            MetricsTable.Columns
        );
        writer.WriteLine();
        writer.WriteLine($"Metrics: {string.Join(", ", metrics.Names.Select(name => $"`{Text(name)}`"))}.");
        if (metrics.Invalid > 0)
            writer.WriteLine($"\nLines that could not be read and are not in the table: {metrics.Invalid}.");
    }

    private static void WriteTable(StreamWriter writer, ExportedFile file, string what, IReadOnlyList<Column> columns)
    {
        writer.WriteLine();
        writer.WriteLine($"## {Text(Path.GetFileName(file.Path))}");
        writer.WriteLine();
        writer.WriteLine($"{what} {file.Rows} rows.");
        writer.WriteLine();
        writer.WriteLine("| column | type | unit | meaning |");
        writer.WriteLine("| --- | --- | --- | --- |");
        foreach (var column in columns)
            writer.WriteLine($"| {Text(column.Name)} | {column.Type} | {Text(column.Unit)} | {Text(column.Meaning)} |");
    }

    // A table cell of Markdown is one line, and a bar would end it.
    private static string Text(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
