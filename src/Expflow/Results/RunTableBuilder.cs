using System.Text.Json;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Metrics;
using Expflow.Parameters;
using Expflow.Runs;
using Expflow.Tables;
using Expflow.Tracking;

namespace Expflow.Results;

/// <summary>Gathers runs into columns.</summary>
internal sealed class RunTableBuilder(Func<SubmissionId, ManifestHeader?> header, SummaryPart part)
{
    private readonly List<TrackedRun> runs = [];
    private readonly List<JournalEvent.AttemptEnded?> ends = [];
    private readonly List<ManifestHeader?> headers = [];
    private readonly Dictionary<SubmissionId, ManifestHeader?> known = [];
    private readonly OrderedDictionary<string, ParameterColumn> parameters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ColumnBuilder> metrics = new(StringComparer.Ordinal);

    public void Add(TrackedRun run)
    {
        var row = runs.Count;
        runs.Add(run);
        // A run that waits to be run again has no result, whatever an earlier attempt left.
        var ended = run.History.State switch
        {
            RunState.Done done => done.Attempt,
            RunState.Failed failed => failed.Attempt,
            _ => null,
        };
        ends.Add(ended);
        headers.Add(HeaderOf(SubmissionOf(run)));
        AddParameters(row, run);
        if (ended?.Metrics is { } summaries)
            AddMetrics(row, summaries);
    }

    public RunTable Build(IReadOnlyList<string> foremost)
    {
        List<string> first = [.. foremost];
        var named = metrics
            .OrderBy(metric => first.IndexOf(metric.Key) is var place && place < 0 ? int.MaxValue : place)
            .Select(metric => Filled(metric.Value))
            .ToArray();
        Column[] given = [.. parameters.Values.Select(parameter => Filled(parameter.Values))];
        string[] varying =
        [
            .. runs.Select(run => run.Run.Stage).Distinct().Take(2).Count() > 1 ? [RunColumns.Stage] : (string[])[],
            .. parameters.Values.Zip(given).Where(pair => pair.First.Varies).Select(pair => pair.Second.Name),
        ];
        return new()
        {
            Rows = new([.. Identity(), .. given, .. named, .. State(), .. Resources(), .. Provenance()]),
            Parameters = [.. given.Select(column => column.Name)],
            Varying = varying,
            Metrics = [.. named.Select(column => column.Name)],
        };
    }

    private static SubmissionId SubmissionOf(TrackedRun run) => run.History.Started?.Submission ?? run.Submission;

    private ManifestHeader? HeaderOf(SubmissionId submission)
    {
        if (!known.TryGetValue(submission, out var found))
            known[submission] = found = header(submission);
        return found;
    }

    private void AddParameters(int row, TrackedRun run)
    {
        foreach (var (name, value) in ParameterText.Read(run.Run.Parameters).Pairs())
        {
            if (!parameters.TryGetValue(name, out var column))
                parameters[name] = column = new(FreeName(name, "parameters"));
            column.Add(row, value);
        }
    }

    private void AddMetrics(int row, string summaries)
    {
        using var json = JsonDocument.Parse(summaries);
        foreach (var (name, summary) in MetricSummaryJson.Read(json.RootElement))
        {
            if (!metrics.TryGetValue(name, out var column))
                metrics[name] = column = new(FreeName(name, "metrics"))
                {
                    Meaning = $"The metric '{name}', {PartWords}",
                };
            column.FillTo(row);
            column.Add(
                part switch
                {
                    SummaryPart.Min => summary.Min,
                    SummaryPart.Max => summary.Max,
                    SummaryPart.Mean => summary.Mean,
                    _ => summary.Last,
                }
            );
        }
    }

    private string PartWords =>
        part switch
        {
            SummaryPart.Min => "its smallest finite value",
            SummaryPart.Max => "its largest finite value",
            SummaryPart.Mean => "the mean of its finite values",
            _ => "its last value",
        };

    // Columns have one name each: 'stage' is the stage, and a parameter of that name is 'parameters.stage'.
    private string FreeName(string name, string kind) =>
        RunColumns.All.Contains(name) || (kind == "metrics" && parameters.ContainsKey(name)) ? $"{kind}.{name}" : name;

    private Column Filled(ColumnBuilder column)
    {
        column.FillTo(runs.Count);
        return column.Build();
    }

    private Column[] Identity() =>
        [
            new TextColumn(RunColumns.RunId, [.. runs.Select(run => run.Run.Id.ToString())])
            {
                Meaning = "The run's identity: a hash of what it does",
            },
            new TextColumn(RunColumns.Stage, [.. runs.Select(run => run.Run.Stage)]) { Meaning = "The stage" },
        ];

    private Column[] State() =>
        [
            new TextColumn(RunColumns.State, [.. runs.Select(run => run.History.State.Word)])
            {
                Meaning = "pending, running, done, failed or cancelled",
            },
            new TextColumn(RunColumns.Reason, [.. ends.Select(end => end?.Reason)]) { Meaning = "Why it is not done" },
            new TextColumn(RunColumns.Flags, [.. ends.Select(Flags)])
            {
                Meaning = "What is wrong with the result of a run that ended well",
            },
            new IntegerColumn(
                RunColumns.Attempt,
                [.. runs.Select(run => run.History.Attempt is > 0 and var number ? (long?)number : null)]
            )
            {
                Meaning = "The latest attempt, from 1",
            },
        ];

    private Column[] Resources() =>
        [
            new NumberColumn(RunColumns.Elapsed, [.. ends.Select(end => end?.Elapsed)])
            {
                Meaning = "Wall time of the latest attempt",
                Unit = "s",
            },
            new NumberColumn(RunColumns.Cpu, [.. ends.Select(end => end?.CpuSeconds)])
            {
                Meaning = "User and system time of all its processes",
                Unit = "s",
            },
            new IntegerColumn(RunColumns.PeakMemory, [.. ends.Select(end => end?.PeakMemory)])
            {
                Meaning = "The most memory that all its processes held together",
                Unit = "B",
            },
        ];

    private Column[] Provenance() =>
        [
            new TextColumn(RunColumns.Host, [.. runs.Select(run => run.History.Started?.Host)])
            {
                Meaning = "The machine it ran on",
            },
            new TextColumn(RunColumns.Commit, [.. headers.Select(head => head?.Version?.Commit)])
            {
                Meaning = "The commit that was checked out",
            },
            new BooleanColumn(RunColumns.Dirty, [.. headers.Select(head => head?.Version?.Dirty)])
            {
                Meaning = "Whether there were uncommitted changes",
            },
            new TextColumn(RunColumns.CodeTree, [.. headers.Select(head => head?.Version?.Tree)])
            {
                Meaning = "The git tree of the code that ran, uncommitted changes included",
            },
            new TextColumn(RunColumns.Submission, [.. runs.Select(run => SubmissionOf(run).ToString())])
            {
                Meaning = "The submission it ran for",
            },
            new TimestampColumn(RunColumns.EndedAt, [.. ends.Select(end => end?.At)])
            {
                Meaning = "When the latest attempt ended",
                Unit = "UTC",
            },
        ];

    private static string? Flags(JournalEvent.AttemptEnded? end) =>
        end is { Outcome: AttemptOutcome.Done, Flags.Count: > 0 }
            ? string.Join("; ", end.Flags.Select(flag => flag.Words))
            : null;
}
