using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Templates;
using Expflow.Tracking;

namespace Expflow.Tests.Executors;

/// <summary>A project on a compute node, with one run to carry out as task 4 of job 123, and programs of Slurm that only take notes.</summary>
internal sealed class JobProject : IDisposable
{
    private static readonly RunId Id = RunId.FromBits(1);
    private readonly TemporaryFolder folder = new();

    public JobProject()
    {
        Project = new(folder["p"]);
        Project.Prepare();
        Directory.CreateDirectory(folder["bin"]);
        Directory.CreateDirectory(folder["node"]);
        Fake("scontrol", "echo \"$*, $(cat \"$JOURNAL\"/*.jsonl | grep -c attempt_ended) ends known\" >> \"$CALLS\"");
        Code = folder.Path;
    }

    public ProjectFolder Project { get; }

    public string Code { get; set; }

    public bool MayRequeue { get; set; }

    public int Restarts { get; set; }

    public int After { get; set; }

    public EnvironmentSpec Environment { get; set; } = EnvironmentSpec.Empty;

    public Dictionary<string, string?> Variables { get; } =
        new()
        {
            ["SLURM_JOB_ID"] = "127",
            ["SLURM_ARRAY_JOB_ID"] = "123",
            ["SLURM_ARRAY_TASK_ID"] = "4",
            ["SLURM_JOB_PARTITION"] = "main",
            ["SLURMD_NODENAME"] = "cpu01",
            ["SLURM_MEM_PER_NODE"] = "1024",
        };

    public string RunFolder => Path.Combine(Project.Runs, "s/1");

    /// <summary>Shell text by which a command says that it has begun.</summary>
    public const string Begun = "echo >\"$BEGUN\"; ";

    public string ScontrolCalls => File.Exists(folder["calls"]) ? File.ReadAllText(folder["calls"]).TrimEnd() : "";

    public IReadOnlyList<JournalEvent> Events => new JournalFolder(Project.Journal).ReadNew().Events;

    public RunHistory History
    {
        get
        {
            var ledger = new RunLedger();
            ledger.Add(Events);
            return ledger[Id];
        }
    }

    public void Dispose() => folder.Dispose();

    public string OutputOf(int attempt) => File.ReadAllText(new AttemptFolder(RunFolder, attempt).Output);

    /// <summary>A program in PATH.</summary>
    public void Fake(string name, string script)
    {
        var path = Path.Combine(folder["bin"], name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>The control group that the agent is in, and its file that counts kills; a command may change it as <c>$COUNTER</c>.</summary>
    public void Count(string counter, string group, int kills)
    {
        Write(folder["node/proc/self/cgroup"], group);
        Write(folder["node/" + counter], $"oom_kill {kills}\n");
        Variables["COUNTER"] = folder["node/" + counter];
    }

    /// <summary>Runs the agent to its end; the job's exit code.</summary>
    public int Run(string command, params string[] outputs) => Run(command, outputs, _ => (default, default));

    /// <summary>The same, as Slurm starts the job again.</summary>
    public int Restart(string command, params string[] outputs)
    {
        Restarts++;
        return Run(command, outputs);
    }

    /// <summary>The same, and warns it when the command has begun.</summary>
    public int RunAndWarn(string command, params string[] outputs) => Run(command, outputs, asked => (asked, default));

    /// <summary>The same, and ends it when the command has begun.</summary>
    public int RunAndTerminate(string command) => Run(command, [], asked => (default, asked));

    /// <summary>Leaves behind what an agent does that was killed before its last word.</summary>
    public void LeaveOpen(string command, params string[] outputs)
    {
        Run(command, outputs);
        var file = Directory.GetFiles(Project.Journal).Order(StringComparer.Ordinal).Last();
        var lines = File.ReadAllLines(file);
        var over = lines.Index().Last(line => line.Item.Contains("attempt_ended", StringComparison.Ordinal)).Index;
        File.WriteAllLines(file, lines[..over]);
    }

    private int Run(
        string command,
        string[] outputs,
        Func<CancellationToken, (CancellationToken Warned, CancellationToken Terminated)> asking
    )
    {
        using var asked = new CancellationTokenSource();
        var (warned, terminated) = asking(asked.Token);
        using var journal = JournalWriter.Open(Project.Journal, "cpu01", TimeProvider.System, JournalWriter.Task);
        var agent = new JobAgent(Setup(), Order(command, outputs), journal);
        if (!warned.CanBeCanceled && !terminated.CanBeCanceled)
            return agent.Run(warned, terminated);
        // Who opens a pipe waits until the other side does so too.
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder["begun"]]))
            made.WaitForExit();
        var running = System.Threading.Tasks.Task.Run(() => agent.Run(warned, terminated));
        File.ReadAllText(folder["begun"]);
        asked.Cancel();
        return running.Result;
    }

    private TaskOrder Order(string command, string[] outputs)
    {
        var stage = new Stage
        {
            Name = "s",
            Command = Text(command),
            Uses = [],
            Outputs = [.. outputs.Select(Text)],
            Environment = Environment,
        };
        var experiment = new Experiment
        {
            Name = "e",
            File = "e.yaml",
            Resolved = "{}",
            Stages = [stage],
        };
        var run = new ManifestRun(Id, "s", "{}", "s/1", []);
        var submission = SubmissionId.New(TimeProvider.System, Random.Shared);
        return new(new(run, submission, experiment, stage, Code, _ => []), After, MayRequeue);
    }

    private AgentSetup Setup()
    {
        Variables["SLURM_RESTART_COUNT"] = Restarts > 0 ? $"{Restarts}" : null;
        Variables["PATH"] = $"{folder["bin"]}:/usr/local/bin:/usr/bin:/bin";
        Variables["JOURNAL"] = Project.Journal;
        Variables["CALLS"] = folder["calls"];
        Variables["BEGUN"] = folder["begun"];
        var job = SlurmTask.Of(name => Variables.GetValueOrDefault(name))!;
        return new()
        {
            Project = Project,
            Host = "cpu01",
            Machine = new(1, 0, []),
            Environment = Variables
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!),
            Time = TimeProvider.System,
            Random = Random.Shared,
            ReadExperiment = _ => null,
            Log = _ => { },
            Grace = TimeSpan.FromMilliseconds(200),
            HoldsLimits = false,
            Task = job,
            Kills = new(new MachineFacts(folder["node"]), job.Memory),
        };
    }

    private static CommandTemplate Text(string text) => new(text, [new TemplatePiece.Literal(text)], null);

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
