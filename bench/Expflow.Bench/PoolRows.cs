using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Expflow.Bench;

/// <summary>What very short runs cost in a pool on a real Slurm, beside a bare spawn loop, GNU parallel and a Slurm array in the same run.</summary>
internal sealed class PoolRows(string binary, string scratch)
{
    private const int Runs = 100_000;
    private const int Tasks = 100;
    private const int ForParallel = 2000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    public void Print(Action<string[]> row)
    {
        if (Environment.GetEnvironmentVariable("EXPFLOW_CLUSTER") is null or "")
        {
            row(["100,000 runs of `true` through a pool", "", "skipped: no cluster (tests/cluster)", "–", "–"]);
            return;
        }
        // The floor before and after, so that a machine that changes its speed is seen.
        var before = Floor();
        var pool = Pool();
        var floor = (before + Floor()) / 2;
        row([
            "100,000 runs of `true` through a pool of 2 workers, packed: added to a bare spawn loop",
            "≤ 0.3 ms a run",
            Text($"{pool.Milliseconds - floor:0.000} ms a run"),
            "bare spawn loop",
            Text($"{floor:0.000} ms a run"),
        ]);
        row([
            "the same: first start to last end",
            "≤ 90 s, ≥ 1,200 runs/s",
            Text($"{pool.Milliseconds * Runs / 1000:0.0} s, {1000 / pool.Milliseconds:N0} runs/s"),
            "GNU parallel -j2",
            Parallel(),
        ]);
        row([
            "the same: files, memory of the agent",
            "< 1,000, ≤ 60 MB",
            Text($"{pool.Files}, {pool.Megabytes:0} MB"),
            $"a Slurm array of {Tasks}",
            Array(),
        ]);
        var claims = Claims.Measure(Path.Combine(scratch, "claims"), 2000);
        row([
            "taking a batch from a queue of 2,000 on a local disk",
            "median < 5 ms",
            Text($"{claims.Median:0.000} ms, {claims.Most:0.0} ms at most"),
            "–",
            "–",
        ]);
    }

    private (double Milliseconds, int Files, double Megabytes) Pool()
    {
        var project = new BenchProject(binary, Path.Combine(scratch, "pool"));
        project.Write("expflow.yaml", "pool: {workers: 2, cpus: 2, memory: 1G, max_hours: 1, idle: 0}\n");
        project.Write(
            "short.yaml",
            $"experiment: short\nsnapshot: off\nkeep: packed\nexecutor: pool\nsweep: {{grid: {{n: 1..{Runs}}}}}\nuses: [n]\nresources: {{cpus: 1}}\ncommand: \"true\"\n"
        );
        Must(project.Expflow("submit", "short.yaml", "--yes"), project);
        Must(project.Expflow("pool", "start", "--allocations", "1"), project);
        var state = Path.Combine(project.Folder, ".expflow");
        var peak = 0.0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Longest && (peak == 0 || Directory.GetDirectories(ClaimedIn(state)).Length > 0))
        {
            peak = Math.Max(peak, PeakOf(project.Folder));
            Task.Delay(200).Wait();
        }
        var (first, last, ended) = Span(Path.Combine(state, "journal"));
        if (ended != Runs)
            throw new InvalidOperationException($"{ended} of {Runs} runs ended.");
        return (
            (last - first).TotalMilliseconds / Runs,
            Directory.GetFiles(state, "*", SearchOption.AllDirectories).Length,
            peak
        );
    }

    private static string ClaimedIn(string state) =>
        Directory.CreateDirectory(Path.Combine(state, "pools/main/claimed")).FullName;

    private static void Must(Sample sample, BenchProject project)
    {
        if (sample.ExitCode != 0)
            throw new InvalidOperationException(File.ReadAllText(project.Output));
    }

    // The most resident memory of the agent that works for this project so far, as the kernel counts it.
    private static double PeakOf(string project)
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
            try
            {
                var command = File.ReadAllText(Path.Combine(folder, "cmdline"), Encoding.UTF8).Split('\0');
                if (!command.Contains("agent") || !command.Contains("--pool") || !command.Contains(project))
                    continue;
                var line = File.ReadLines(Path.Combine(folder, "status"))
                    .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                return double.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024;
            }
            // It has ended meanwhile.
            catch (Exception gone)
                when (gone is IOException or UnauthorizedAccessException or InvalidOperationException) { }
        return 0;
    }

    private static (DateTimeOffset First, DateTimeOffset Last, int Ended) Span(string journal)
    {
        var (first, last, ended) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue, 0);
        foreach (var line in Directory.GetFiles(journal, "*.jsonl").SelectMany(File.ReadLines))
        {
            var isEnd = line.StartsWith("{\"event\":\"attempt_ended\"", StringComparison.Ordinal);
            if (!isEnd && !line.StartsWith("{\"event\":\"attempt_started\"", StringComparison.Ordinal))
                continue;
            using var read = JsonDocument.Parse(line);
            var at = read.RootElement.GetProperty("at").GetDateTimeOffset();
            if (!isEnd)
                first = at < first ? at : first;
            else if (read.RootElement.GetProperty("outcome").GetString() == "done")
                (last, ended) = (at > last ? at : last, ended + 1);
        }
        return (first, last, ended);
    }

    private static double Floor() =>
        Sample.Of("/", "/dev/null", Environment.ProcessPath!, "spawn", "20000").Milliseconds / 20_000;

    private static string Parallel()
    {
        if (new Processes.ProgramSearch(Environment.GetEnvironmentVariable("PATH")).Find("parallel", "/") is null)
            return "not installed";
        var sample = Sample.Of("/", "/dev/null", "bash", "-c", $"seq {ForParallel} | parallel -j2 true {{}}");
        return Text($"{1000 * ForParallel / sample.Milliseconds:N0} runs/s (of {ForParallel:N0})");
    }

    private string Array()
    {
        var watch = Stopwatch.StartNew();
        var sample = Sample.Of(
            scratch,
            "/dev/null",
            "sbatch",
            "--wait",
            $"--array=0-{Tasks - 1}%2",
            "--cpus-per-task=1",
            "--mem=100M",
            "--output=/dev/null",
            "--wrap=true"
        );
        return sample.ExitCode == 0
            ? Text($"{watch.Elapsed.TotalSeconds / Tasks:0.0} s a task, 2 at a time")
            : "sbatch failed";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
