using System.Buffers;
using System.Text;
using System.Text.Json;
using Expflow.Arrays;
using Expflow.Executors;
using Expflow.Indexing;
using Expflow.Metrics;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Looks at what an attempt has left on disk, when nobody has said how it ended.</summary>
internal sealed class AttemptTraces(ProjectFolder project, RunIndex index)
{
    private readonly Dictionary<ArrayId, ArrayHeader?> headers = [];
    private readonly DeclaredOutputs outputs = new(project);

    public TracesLeft Of(TrackedRun run, TaskPlace place)
    {
        var header = HeaderOf(place.Array.Id);
        var traces = TracesLeft.None with
        {
            Asked = header?.Memory is { } memory ? MemorySize.FromBytes(memory) : null,
            Limit = header?.Walltime is { } seconds ? Walltime.From(TimeSpan.FromSeconds(seconds)) : null,
            // Without its array file nobody knows, and then nothing is sent out in haste.
            MayRequeue = header?.MayRequeue ?? true,
        };
        if (!Reconciliation.HasBegun(run, place))
            return traces with { Clue = ClueOf(place) };
        var attempt = new AttemptFolder(Path.Combine(project.Runs, run.Run.Folder), run.History.Attempt);
        Freshen(attempt.RunFolder);
        Freshen(attempt.Path);
        var code = attempt.ReadExit();
        return traces with
        {
            ExitCode = code,
            MissingOutputs = code == 0 ? outputs.Missing(run) : [],
            Metrics = MetricsOf(run),
            Clue = LogClues.FindIn(attempt.Output) ?? ClueOf(place),
        };
    }

    private LogClue? ClueOf(TaskPlace place) =>
        JobLog.Find(project, place.Array.Id, place.Index) is { } log ? LogClues.FindIn(log) : null;

    // Over NFS a file that another machine made shows when its folder is listed, not when it is asked for by name.
    private static void Freshen(string folder)
    {
        if (Directory.Exists(folder))
            foreach (var _ in Directory.EnumerateFileSystemEntries(folder))
                break;
    }

    private ArrayHeader? HeaderOf(ArrayId array)
    {
        if (!headers.TryGetValue(array, out var header))
            headers[array] = header = ArrayFile.ReadHeader(project.Arrays, array);
        return header;
    }

    private string? MetricsOf(TrackedRun run)
    {
        var summaries = RunMetrics.Summarise(new SubmittedExperiment(project, index, run.Experiment).MetricsOf(run));
        if (summaries.Count == 0)
            return null;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
            MetricSummaryJson.Write(json, summaries);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
