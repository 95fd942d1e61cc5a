using System.Globalization;
using System.Text;
using System.Text.Json;
using Expflow.Cli;
using Expflow.Cli.Screens;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Metrics;
using Expflow.Planning;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Sweeps;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Expflow.Tests;

/// <summary>A project on disk as submissions leave it: manifests, journal and metric files; and the commands on it.</summary>
public sealed class StoredProject : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Noon);
    private int submissions;

    public StoredProject()
    {
        Directory.CreateDirectory(folder["p"]);
        File.WriteAllText(folder["p/expflow.yaml"], "");
        Project = new(folder["p"]);
        Project.Prepare();
    }

    public ProjectFolder Project { get; }

    /// <summary>Where Slurm's programs are looked for: nowhere, unless a test has its own.</summary>
    public SlurmPrograms Programs { get; set; } = SlurmPrograms.From(new Dictionary<string, string>());

    public string this[string name] => Path.Combine(Project.Root, name);

    /// <summary>Plans an experiment and writes its manifest and the submission's line in the journal.</summary>
    public Submission Submit(string yaml, string tree = "aaaaaaaaaaaaaaaa", bool dirty = false)
    {
        File.WriteAllText(this["e.yaml"], yaml);
        var read = new ExperimentReader(ProjectDefaults.None, new Dictionary<string, string>()).Read(
            this["e.yaml"],
            Overrides.None
        );
        Assert.True(read.TryGet(out var experiment), string.Join('\n', read.Problems));
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var points));
        Assert.True(RunPlanner.Plan(experiment, points.Points).TryGet(out var plan));
        Assert.True(SubmissionId.TryParse($"20261123-12000{++submissions}-00000000", out var id));
        ManifestRun[] runs = [.. plan.ToManifest()];
        ManifestFile.Write(
            Project.Manifests,
            new()
            {
                Submission = id,
                Experiment = experiment.Name,
                At = Noon,
                Expflow = "0.1.0",
                File = "e.yaml",
                Resolved = experiment.Resolved,
                Code = $".expflow/snapshots/{tree}",
                Version = new(tree, tree, "main", dirty, null),
            },
            runs
        );
        Append(
            new JournalEvent.Submitted
            {
                At = Noon,
                Submission = id,
                Experiment = experiment.Name,
                Runs = runs.Length,
            }
        );
        return new(this, id, runs, plan);
    }

    public void Append(params JournalEvent[] events)
    {
        using var journal = JournalWriter.Open(Project.Journal, "node1", time);
        journal.Append(events);
    }

    /// <summary>Runs a command as a user without a terminal does; what it printed, errors after a line of their own.</summary>
    public string Type(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var with = new Composition
        {
            Terminal = new Terminal(output, error, interactive: false, colours: false, width: 100),
            Time = time,
            Random = new Random(1),
            Environment = name => name == "EXPFLOW_CACHE" ? folder["cache"] : null,
            Folder = Project.Root,
            Programs = Programs,
        };
        var code = CommandTree.RunAsync(args, with).GetAwaiter().GetResult();
        var text = new StringBuilder($"$ expflow {string.Join(' ', args)}\n").Append(output);
        if (error.GetStringBuilder().Length > 0)
            text.Append("--- errors\n").Append(error);
        return text.Append(CultureInfo.InvariantCulture, $"--- exit {code}\n")
            .Replace("\r", "")
            .Replace(Project.Root, "PROJECT")
            .Replace(Quoted(Project.Root), "PROJECT")
            .Replace(Quoted(Project.Root).Replace("\\", @"\\").Replace("\"", "\\\""), "PROJECT")
            .Replace(JsonEncodedText.Encode(Project.Root).ToString(), "PROJECT")
            .Replace(Project.Root.Replace("\"", "\\\""), "PROJECT")
            .ToString();
    }

    // As it stands between a shell's quotes.
    private static string Quoted(string path) => path.Replace("'", @"'\''");

    public void Dispose() => folder.Dispose();

    /// <summary>One submission.</summary>
    public sealed class Submission(StoredProject stored, SubmissionId id, ManifestRun[] runs, RunPlan plan)
    {
        public SubmissionId Id => id;

        public IReadOnlyList<ManifestRun> Runs => runs;

        /// <summary>The parameters of a run by name, as numbers.</summary>
        public double Value(int run, string parameter) =>
            double.Parse(plan.Runs[run].Parameters[parameter].Canonical, CultureInfo.InvariantCulture);

        /// <summary>An attempt that ended well, with metrics as lines of JSON.</summary>
        public void Done(int run, string lines, int attempt = 1, params string[] flags) =>
            End(run, AttemptOutcome.Done, null, lines, attempt, flags);

        /// <summary>An attempt that failed.</summary>
        public void Failed(int run, string reason, string lines = "", int attempt = 1) =>
            End(run, AttemptOutcome.Failed, reason, lines, attempt, []);

        private void End(int run, AttemptOutcome outcome, string? reason, string lines, int attempt, string[] flags)
        {
            var folder = Path.Combine(stored.Project.Runs, runs[run].Folder);
            var own = new AttemptFolder(folder, attempt);
            Directory.CreateDirectory(own.Path);
            File.WriteAllText(own.Metrics, lines);
            File.WriteAllText(own.Output, $"attempt {attempt}\n");
            var attempts = Enumerable
                .Range(1, attempt)
                .Select(number => new AttemptFolder(folder, number))
                .Select(one => new AttemptMetrics(one.Number, [new(one.Metrics, new MetricFormat.JsonLines())]));
            stored.Append(
                new JournalEvent.AttemptStarted
                {
                    At = Noon,
                    Run = runs[run].Id,
                    Attempt = attempt,
                    Token = "a",
                    Submission = id,
                    Host = "node1",
                },
                new JournalEvent.AttemptEnded
                {
                    At = Noon.AddSeconds(run),
                    Run = runs[run].Id,
                    Attempt = attempt,
                    Token = "a",
                    Outcome = outcome,
                    Cause = reason is null ? null : "failed",
                    Reason = reason,
                    ExitCode = reason is null ? 0 : 1,
                    Elapsed = 1.5 + run,
                    CpuSeconds = 1 + (run / 4.0),
                    PeakMemory = (40L + run) << 20,
                    Metrics = Json(RunMetrics.Summarise([.. attempts])),
                    Flags = [.. flags.Select(words => new RunFlag("check_failed", words))],
                }
            );
        }

        private static string Json(IReadOnlyDictionary<string, MetricSummary> summaries)
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
                MetricSummaryJson.Write(json, summaries);
            return Encoding.UTF8.GetString(bytes.ToArray());
        }
    }
}
