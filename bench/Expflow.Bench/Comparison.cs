using System.Globalization;

namespace Expflow.Bench;

/// <summary>Every promise, measured on the published binary beside its peer in the same run, as one Markdown table.</summary>
internal sealed class Comparison(string binary, string scratch, int rounds)
{
    private const string Peers = "bench/peers";
    private readonly string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public int Run()
    {
        Row("work", "target", "here", "peer", "peer here");
        Row("---", "---", "---", "---", "---");
        StartUp();
        Plan();
        Executor();
        JobAgent();
        Status();
        new SlurmRows(binary, scratch, rounds).Print(Row);
        new PoolRows(binary, scratch).Print(Row);
        Harvest();
        return 0;
    }

    /// <summary>Only what concerns Slurm.</summary>
    public int RunSlurm()
    {
        new SlurmRows(binary, scratch, rounds).Print(Row);
        return 0;
    }

    /// <summary>Only pools.</summary>
    public int RunPool()
    {
        new PoolRows(binary, scratch).Print(Row);
        return 0;
    }

    private void StartUp()
    {
        var project = new BenchProject(binary, Path.Combine(scratch, "start"));
        var peer = Median(30, () => Sample.Of("/", "/dev/null", python, "-c", "pass"));
        foreach (var option in (string[])["--version", "--help"])
            Row(
                $"`expflow {option}`",
                "≤ 12 ms, ≤ 20 MB",
                Text(Median(30, () => project.Expflow(option))),
                "`python3 -c pass`",
                Text(peer)
            );
    }

    private void Plan()
    {
        var project = new BenchProject(binary, Path.Combine(scratch, "plan"));
        project.Write(
            "loss.yaml",
            """
            experiment: loss-slope
            sweep:
              grid: {variant: [base, bn_off, narrow, adamw], lr: [0.05, 0.1, 0.2], weight_decay: [1e-4, 1e-3, 1e-2], seed: 0..5}
            command: python train.py {flags}
            """
        );
        Row(
            "`plan`, 216 runs",
            "≤ 40 ms",
            Text(Median(rounds * 3, () => project.Expflow("plan", "loss.yaml"))),
            "snakemake dry run, 216",
            Snakemake(216)
        );
        foreach (var (points, target) in ((int, string)[])[(10_000, "≤ 0.25 s"), (100_000, "≤ 2 s, ≤ 150 MB")])
        {
            project.Write(
                "many.yaml",
                $"experiment: many\nsweep:\n  grid: {{a: 1..{points / 100}, b: 1..100}}\ncommand: python train.py {{flags}}\n"
            );
            Row(
                $"`plan`, {points:N0} points",
                target,
                Text(Median(rounds, () => project.Expflow("plan", "many.yaml"))),
                points == 10_000 ? "snakemake dry run, 10,000" : "–",
                points == 10_000 ? Snakemake(10_000) : "–"
            );
        }
    }

    private string Snakemake(int jobs)
    {
        if (!IsInstalled("snakemake"))
            return "not installed";
        var folder = Directory.CreateDirectory(Path.Combine(scratch, $"snakemake{jobs}")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "Snakefile"),
            $"rule all:\n    input: expand('out/{{i}}', i=range({jobs}))\nrule one:\n    output: 'out/{{i}}'\n    shell: 'true'\n"
        );
        return Text(Median(jobs > 1000 ? 1 : 3, () => Sample.Of(folder, "/dev/null", "snakemake", "-n", "-q", "-c1")));
    }

    // Rounds of all three by turns, so that a machine that changes its speed changes it for all.
    private void Executor()
    {
        const int Runs = 5000;
        var project = new BenchProject(binary, Path.Combine(scratch, "executor"));
        project.Write(
            "short.yaml",
            $"experiment: short\nsnapshot: off\nkeep: packed\nsweep: {{grid: {{n: 1..{Runs}}}}}\nuses: [n]\ncommand: \"true\"\n"
        );
        var (ours, floor, parallel) = (new List<double>(), new List<double>(), new List<double>());
        var files = 0;
        Environment.SetEnvironmentVariable("EXPFLOW_LOCAL_CPUS", "2");
        for (var round = 0; round < rounds; round++)
        {
            project.Forget();
            ours.Add(project.Expflow("run", "short.yaml").Milliseconds / Runs);
            files = Directory
                .GetFiles(Path.Combine(project.Folder, ".expflow"), "*", SearchOption.AllDirectories)
                .Length;
            floor.Add(Sample.Of("/", "/dev/null", Environment.ProcessPath!, "spawn", "5000").Milliseconds / Runs);
            if (IsInstalled("parallel"))
                parallel.Add(
                    Sample.Of("/", "/dev/null", "bash", "-c", "seq 1000 | parallel -j2 true {}").Milliseconds / 1000
                );
        }
        var added = Sample.Middle(ours.Zip(floor, (a, b) => a - b));
        Row(
            "5,000 runs of `true`, 2 at a time, packed: added to a bare spawn loop",
            "≤ 0.25 ms a run",
            string.Create(CultureInfo.InvariantCulture, $"{added:0.000} ms a run"),
            "bare spawn loop",
            string.Create(CultureInfo.InvariantCulture, $"{Sample.Middle(floor):0.000} ms a run")
        );
        Row(
            "the same: whole command, start to table",
            "≥ 1,200 runs/s",
            string.Create(CultureInfo.InvariantCulture, $"{1000 / Sample.Middle(ours):N0} runs/s"),
            "GNU parallel -j2",
            parallel.Count == 0
                ? "not installed"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{1000 / Sample.Middle(parallel):N0} runs/s, {Sample.Middle(parallel):0.00} ms a run"
                )
        );
        Row("the same: files", "< 200", files.ToString(CultureInfo.InvariantCulture), "–", "–");
    }

    // Both carry out the same two words of shell, by turns; Slurm's own part is the same for both and isn't measured here.
    private void JobAgent()
    {
        var project = new BenchProject(binary, Path.Combine(scratch, "agent"));
        project.Write(
            "one.yaml",
            "experiment: one\nsnapshot: off\nsweep: {grid: {n: 1..10000}}\nuses: [n]\ncommand: sh -c true\n"
        );
        project.Write("batch.sh", "#!/bin/bash\nsh -c true\n");
        var array = OneArray.Write(project.Folder, tasks: 10_000);
        var (ours, peer) = (new List<Sample>(), new List<Sample>());
        for (var round = 0; round < rounds * 6; round++)
        {
            OneArray.Pretend(round);
            ours.Add(project.Expflow("agent", project.Folder, "--array", array));
            peer.Add(Sample.Of(project.Folder, project.Output, "bash", "batch.sh"));
        }
        var (agent, shell) = (Sample.Median(ours.Skip(1).ToList()), Sample.Median(peer.Skip(1).ToList()));
        if (agent.ExitCode != 0)
            throw new InvalidOperationException(File.ReadAllText(project.Output));
        Row(
            "`agent` around a run in a Slurm job, of an array of 10,000: added to the bare command",
            "≤ 20 ms, ≤ 40 MB",
            Text(agent with { Milliseconds = agent.Milliseconds - shell.Milliseconds }),
            "a batch script with that command",
            Text(shell)
        );
    }

    private void Status()
    {
        var project = new BenchProject(binary, Path.Combine(scratch, "status"));
        project.Write(
            "ten.yaml",
            "experiment: ten\nsnapshot: off\nkeep: packed\nsweep: {grid: {n: 1..10000}}\nuses: [n]\ncommand: \"true\"\n"
        );
        project.Expflow("run", "ten.yaml");
        Row(
            "`status`, 10,000 finished runs, index warm",
            "≤ 40 ms",
            Text(Median(rounds * 3, () => project.Expflow("status"))),
            "–",
            "–"
        );
        var cold = Median(
            rounds,
            () =>
            {
                Directory.Delete(Path.Combine(project.Folder, "cache"), recursive: true);
                return project.Expflow("status");
            }
        );
        Row("the same, index cold", "≤ 0.5 s", Text(cold), "–", "–");
    }

    // The files are written by runs, so that what is measured is what a user does.
    private void Harvest()
    {
        var data = Path.Combine(scratch, "metrics");
        GenerateMetrics.Run(data);
        var project = new BenchProject(binary, Path.Combine(scratch, "harvest"));
        project.Write(
            "loss.yaml",
            $"experiment: loss\nsnapshot: off\nsweep: {{grid: {{n: 0..215}}}}\ncommand: sh -c 'cp \"$(ls {data}/*.jsonl | sed -n \"$(({{n}} + 1))p\")\" \"$EXPFLOW_METRICS\"'\n"
        );
        project.Expflow("run", "loss.yaml");
        var peer = Median(rounds, () => Sample.Of(".", "/dev/null", python, $"{Peers}/harvest.py", data));
        foreach (
            var (format, target) in ((string, string)[])[("csv", "≤ 2.0 s, ≤ 200 MB"), ("parquet", "≤ 2.5 s, ≤ 200 MB")]
        )
        {
            var first = Median(
                rounds,
                () =>
                {
                    if (Directory.Exists(Path.Combine(project.Folder, "exports")))
                        Directory.Delete(Path.Combine(project.Folder, "exports"), recursive: true);
                    return project.Expflow("export", "loss", "--format", format);
                }
            );
            Row(
                $"`export` of 1,000,080 metric lines to {format}",
                target,
                Text(first),
                "Python json + csv",
                Text(peer)
            );
            var again = Median(rounds * 3, () => project.Expflow("export", "loss", "--format", format));
            Row("again with nothing new", "≤ 50 ms", Text(again), "–", "–");
        }
    }

    private static bool IsInstalled(string program) =>
        new Processes.ProgramSearch(Environment.GetEnvironmentVariable("PATH")).Find(program, "/") is not null;

    private static Sample Median(int times, Func<Sample> measure)
    {
        measure();
        return Sample.Median([.. Enumerable.Range(0, times).Select(_ => measure())]);
    }

    private static string Text(Sample sample) =>
        sample.ExitCode > 1
            ? $"failed, exit {sample.ExitCode}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(sample.Milliseconds < 1000 ? $"{sample.Milliseconds:0.0} ms" : $"{sample.Milliseconds / 1000:0.00} s")}, {sample.PeakMegabytes:0} MB"
            );

    private static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
