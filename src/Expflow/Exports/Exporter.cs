using Expflow.Problems;

namespace Expflow.Exports;

/// <summary>Writes tables of runs and of their metrics, each with what it needs to be understood. The same inputs give the same bytes.</summary>
/// <param name="workers">How many threads read metrics.</param>
public sealed class Exporter(int workers)
{
    /// <summary>Writes all files beside their places and then puts them there at once; on a failure earlier files stay as they were.</summary>
    public ExportOutcome Write(ExportRequest request)
    {
        var memory = request.CacheFolder is { } cache ? new ExportMemory(request, cache) : null;
        if (memory?.Recall() is { } files)
            return new ExportOutcome.Unchanged(files);
        using var writing = new FilesBeingWritten(request.Path);
        try
        {
            var written = WriteAll(request, writing);
            memory?.Keep(written.Files);
            return written;
        }
        // The disk is full, the folder read-only or gone: the system's words say which.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ExportOutcome.Failed(
                new Problem(
                    $"'{request.Path}' could not be exported: {e.Message.TrimEnd('.')}. Files of earlier exports are unchanged. Make room, or export to another folder."
                )
            );
        }
    }

    private ExportOutcome.Written WriteAll(ExportRequest request, FilesBeingWritten writing)
    {
        var ending = Ending(request.Format);
        var metrics = request.Metrics is { } runs ? new MetricsTable(runs) : null;
        writing.Add(ending, stream => WriteRuns(request, stream), () => request.Runs.RowCount);
        if (metrics is not null)
            writing.Add(
                $".metrics{ending}",
                stream => metrics.Write(request.Format, workers, stream),
                () => metrics.Rows
            );
        ExportedFile[] tables = [.. writing.Files];
        writing.Add(".dictionary.md", stream => DictionaryFile.Write(request, tables, metrics, stream));
        writing.Add(".metadata.json", stream => MetadataFile.Write(request, tables, metrics, stream));
        writing.Place();
        return new([.. writing.Files], metrics?.Invalid ?? 0, metrics?.Problems ?? []);
    }

    private static void WriteRuns(ExportRequest request, Stream to)
    {
        if (request.Format == ExportFormat.Parquet)
            ParquetTable.Write(request.Runs, to);
        else if (request.Format == ExportFormat.Csv)
            TableText.WriteCsv(request.Runs, to);
        else
            TableText.WriteJsonLines(request.Runs, to);
    }

    private static string Ending(ExportFormat format) =>
        format switch
        {
            ExportFormat.Csv => ".csv",
            ExportFormat.JsonLines => ".jsonl",
            _ => ".parquet",
        };
}
