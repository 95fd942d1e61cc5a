using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Exports;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Results;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow export</c>: the runs and their metrics as files for other programs.</summary>
internal sealed class ExportCommand(Composition with)
{
    private const int MostWorkers = 8;

    private const string Description = """
        Write the runs, and the values of their metrics step by step, to files, with metadata and a data dictionary beside them.

        Examples:
          expflow export digits
          expflow export digits --format parquet --out tables/digits.parquet
          expflow export digits --where 'state == done' --no-metrics
        """;

    public static Command Create(Composition with)
    {
        var experiment = SharedOptions.Experiment();
        var format = new Option<string?>("--format")
        {
            Description = "How tables are written; csv, or what --out ends in.",
        };
        format.AcceptOnlyFromAmong("csv", "jsonl", "parquet");
        var to = new Option<string?>("--out")
        {
            Description =
                "The file for the runs; the others stand beside it. 'exports/EXPERIMENT' in the project by default.",
        };
        var withoutMetrics = new Option<bool>("--no-metrics") { Description = "Leave the step-by-step metrics out." };
        var where = ResultOptions.Where();
        var stage = ResultOptions.Stage();
        var json = SharedOptions.Json();
        var command = new Command("export", Description) { experiment, format, to, withoutMetrics, where, stage, json };
        command.SetAction(parsed =>
            with.WithIndex(
                (project, index) =>
                {
                    var chosen = SubmittedExperiments.ChooseOne(index, parsed.GetValue(experiment));
                    if (!chosen.TryGet(out var name))
                        return with.Terminal.Fail(chosen.Problems);
                    var place = ExportPlace.Of(
                        parsed.GetValue(to) is { } file ? Path.GetFullPath(file, with.Folder) : null,
                        parsed.GetValue(format),
                        Path.Combine(project.Root, "exports", name)
                    );
                    if (!place.TryGet(out var found))
                        return with.Terminal.Fail(place.Problems);
                    if (
                        parsed.GetValue(to) is null
                        && OwnFolder.Prepare(Path.GetDirectoryName(found.Path)!) is { } refused
                    )
                        return with.Terminal.Fail(refused);
                    return new ExportCommand(with).Run(
                        new SubmittedExperiment(project, index, name),
                        found,
                        parsed.GetValue(where),
                        parsed.GetValue(stage),
                        !parsed.GetValue(withoutMetrics),
                        parsed.GetValue(json)
                    );
                }
            )
        );
        return command;
    }

    /// <summary>Exports an experiment to a place. Used by <c>run</c>, too, when it has ended.</summary>
    public static ExportOutcome Write(
        Composition with,
        SubmittedExperiment experiment,
        RunTable runs,
        ExportPlace place,
        bool metrics
    ) =>
        new Exporter(Math.Clamp(Environment.ProcessorCount, 1, MostWorkers)).Write(
            new()
            {
                Path = place.Path,
                Format = place.Format,
                Experiment = experiment.Name,
                Version = BuildVersion.Text,
                Runs = runs.Rows,
                Metrics = metrics ? MetricsOf(experiment, runs) : null,
                CacheFolder = IndexPlace.FromEnvironment(with.Environment).Folder,
            }
        );

    private static List<RunMetricFiles> MetricsOf(SubmittedExperiment experiment, RunTable runs)
    {
        var byId = experiment.Runs.ToDictionary(run => run.Run.Id.ToString());
        var ids = runs.Rows.Find(RunColumns.RunId)!;
        var files = new List<RunMetricFiles>(runs.Rows.RowCount);
        for (var row = 0; row < runs.Rows.RowCount; row++)
        {
            var id = ids.Text(row)!;
            if (experiment.MetricsOf(byId[id]) is { Count: > 0 } attempts)
                files.Add(new(id, attempts));
        }
        return files;
    }

    private int Run(
        SubmittedExperiment experiment,
        ExportPlace place,
        string? where,
        string? stage,
        bool metrics,
        bool json
    )
    {
        var table = experiment.Table(stage);
        var filtered = table.TryGet(out var all) ? all.Where(where) : table;
        if (!filtered.TryGet(out var runs))
            return with.Terminal.Fail(filtered.Problems);
        switch (Write(with, experiment, runs, place, metrics))
        {
            case ExportOutcome.Written written:
                foreach (var problem in written.Problems)
                    with.Terminal.Warn($"{problem}");
                if (written.InvalidLines > 0)
                    with.Terminal.Warn($"{written.InvalidLines} lines of metrics can't be read and were left out.");
                ExportScreen.Print(with, experiment.Name, written.Files, upToDate: false, json);
                return ExitCode.Done;
            case ExportOutcome.Unchanged unchanged:
                ExportScreen.Print(with, experiment.Name, unchanged.Files, upToDate: true, json);
                return ExitCode.Done;
            case ExportOutcome.Failed failed:
                with.Terminal.Complain($"{failed.Problem}");
                return ExitCode.Incomplete;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

/// <summary>Where an export goes to, and how it is written.</summary>
/// <param name="Path">Absolute, without an ending.</param>
/// <param name="Format">How tables are written.</param>
internal sealed record ExportPlace(string Path, ExportFormat Format)
{
    private static readonly (string Ending, string Name, ExportFormat Format)[] Formats =
    [
        (".csv", "csv", ExportFormat.Csv),
        (".jsonl", "jsonl", ExportFormat.JsonLines),
        (".parquet", "parquet", ExportFormat.Parquet),
    ];

    /// <summary>The place that the options name.</summary>
    /// <param name="file">What <c>--out</c> says, absolute; null when it isn't given.</param>
    /// <param name="format">What <c>--format</c> says.</param>
    /// <param name="otherwise">The path without ending when there is no <paramref name="file"/>.</param>
    public static Checked<ExportPlace> Of(string? file, string? format, string otherwise)
    {
        var byName = Formats.FirstOrDefault(one => one.Name == format);
        if (file is null)
            return new ExportPlace(otherwise, byName.Format);
        if (Directory.Exists(file))
            return new Problem($"'{file}' is a folder. Name a file in it.");
        var byEnding = Formats.FirstOrDefault(one => file.EndsWith(one.Ending, StringComparison.OrdinalIgnoreCase));
        if (byEnding.Name is null)
            return new ExportPlace(file, byName.Format);
        if (format is not null && byEnding.Name != format)
            return new Problem(
                $"'{System.IO.Path.GetFileName(file)}' ends in '{byEnding.Ending}', but '--format' is {format}. Give one of them."
            );
        return new ExportPlace(file[..^byEnding.Ending.Length], byEnding.Format);
    }
}
