using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Metrics;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Results;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>An experiment that was submitted: its runs, what their submissions say of them, and where their files stand.</summary>
internal sealed class SubmittedExperiment(ProjectFolder project, RunIndex index, string name)
{
    private readonly Dictionary<SubmissionId, ManifestHeader?> headers = [];
    private readonly Dictionary<SubmissionId, Experiment?> definitions = [];
    private IReadOnlyList<TrackedRun>? runs;

    public string Name => name;

    public IReadOnlyList<TrackedRun> Runs => runs ??= index.Runs(name);

    /// <summary>What the newest submission says; null when its manifest can't be read.</summary>
    public Experiment? Newest => index.Submissions(name) is [.., var last] ? DefinitionOf(last) : null;

    /// <summary>The metrics that a run must have, of all stages.</summary>
    public IReadOnlyList<string> RequiredMetrics =>
        [.. (Newest?.Stages ?? []).SelectMany(stage => stage.RequiredMetrics).Distinct()];

    public ManifestHeader? HeaderOf(SubmissionId submission)
    {
        if (!headers.TryGetValue(submission, out var header))
            headers[submission] = header = ManifestFile.ReadHeader(project.Manifests, submission);
        return header;
    }

    /// <summary>The runs of one stage, or of all.</summary>
    public Checked<IReadOnlyList<TrackedRun>> RunsOf(string? stage)
    {
        if (stage is null)
            return Checked(Runs);
        var stages = Runs.Select(run => run.Run.Stage).Distinct().ToArray();
        if (stages.Contains(stage))
            return Checked([.. Runs.Where(run => run.Run.Stage == stage)]);
        var hint = Suggestion.For(stage, stages) is { } near
            ? $"Did you mean '{near}'?"
            : $"There is {string.Join(", ", stages.Select(one => $"'{one}'"))}.";
        return new Problem($"'{name}' has no runs of a stage '{stage}'. {hint}");
    }

    /// <summary>The runs of one stage, or of all, as a table.</summary>
    /// <param name="stage">The stage; null for all.</param>
    /// <param name="part">Which value of a metric stands for a run.</param>
    /// <param name="leftBehind">Whether runs that never got done, and that the experiment no longer asks for, are in it.</param>
    public Checked<RunTable> Table(string? stage, SummaryPart part = SummaryPart.Last, bool leftBehind = true)
    {
        var chosen = RunsOf(stage);
        return chosen.TryGet(out var some)
            ? RunTable.Of(leftBehind ? some : AskedFor(some), HeaderOf, part, RequiredMetrics)
            : Checked<RunTable>.Failed(chosen.Problems);
    }

    /// <summary>Where the metrics of a run stand, attempt by attempt; nothing before its first attempt.</summary>
    public IReadOnlyList<AttemptMetrics> MetricsOf(TrackedRun run)
    {
        if (run.History.Attempt == 0 || StageOf(run) is not { } stage)
            return [];
        var folder = Path.Combine(project.Runs, run.Run.Folder);
        return run.History.Ended?.Output is { } segment
            ? [new(run.History.Attempt, [.. Pieces(stage, folder, segment)])]
            : AttemptSources.OfRun(stage, folder, run.History.Attempt);
    }

    /// <summary>The stage of a run as its latest submission has it; null when that can't be read any more.</summary>
    public Stage? StageWanted(TrackedRun run) => DefinitionOf(run.Submission)?.Stage(run.Run.Stage);

    private IReadOnlyList<TrackedRun> AskedFor(IReadOnlyList<TrackedRun> some)
    {
        if (some.All(run => run.History.State is RunState.Done))
            return some;
        var asked = new StatusReading(project, index).All(name).Select(one => one.Run.Run.Id).ToHashSet();
        return [.. some.Where(run => asked.Contains(run.Run.Id))];
    }

    private static Checked<IReadOnlyList<TrackedRun>> Checked(IReadOnlyList<TrackedRun> runs) =>
        // The implicit conversion doesn't take interfaces.
        (Checked<IReadOnlyList<TrackedRun>>)runs.ToArray();

    // Of a packed run only what stands in the segment files is left.
    private IEnumerable<MetricSource> Pieces(Stage stage, string folder, OutputSegment segment)
    {
        var output = Path.Combine(project.Segments, segment.File);
        var metrics = AttemptPlace.MetricsOf(output);
        foreach (var source in AttemptSources.Of(stage, folder, output, metrics, withRunFiles: false))
            yield return source.Path == metrics
                ? source with
                {
                    Start = segment.MetricsOffset,
                    Length = segment.MetricsLength,
                }
                : source with
                {
                    Start = segment.Offset,
                    Length = segment.Length,
                };
    }

    private Stage? StageOf(TrackedRun run) =>
        DefinitionOf(run.History.Started?.Submission ?? run.Submission)?.Stage(run.Run.Stage);

    private Experiment? DefinitionOf(SubmissionId submission)
    {
        if (definitions.TryGetValue(submission, out var known))
            return known;
        var read = HeaderOf(submission) is { } header
            ? ExperimentReader.ReadResolved(header.Resolved, header.File)
            : null;
        return definitions[submission] = read is not null && read.TryGet(out var experiment) ? experiment : null;
    }
}
