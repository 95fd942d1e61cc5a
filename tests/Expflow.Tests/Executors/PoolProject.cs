using Expflow.Arrays;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Templates;
using Expflow.Tracking;

namespace Expflow.Tests.Executors;

/// <summary>A project with a pool, real agents, real commands, and programs of Slurm that say what a test has them say.</summary>
internal sealed class PoolProject : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource warned = new();
    private ulong ids;

    public PoolProject()
    {
        Project = new(folder["p"]);
        Project.Prepare();
        Directory.CreateDirectory(folder["bin"]);
        Pool = new(Project, PoolName.Default);
        Pool.Prepare();
    }

    public ProjectFolder Project { get; }

    public PoolFolder Pool { get; }

    public Stage Stage { get; set; } =
        new()
        {
            Name = "s",
            Command = Text("true"),
            Uses = [],
        };

    public KeepOutputs Keep { get; set; } = KeepOutputs.Packed;

    public int Cores { get; set; } = 2;

    public IReadOnlyList<string> Gpus { get; set; } = [];

    public int RunsPerGpu { get; set; } = 1;

    public DateTimeOffset? End { get; set; }

    public PoolTerms Terms { get; set; } = new() { Idle = TimeSpan.Zero, Beat = TimeSpan.FromMilliseconds(100) };

    public IReadOnlyList<JournalEvent> Events => new JournalFolder(Project.Journal).ReadNew().Events;

    public RunLedger Ledger
    {
        get
        {
            var ledger = new RunLedger();
            ledger.Add(Events);
            return ledger;
        }
    }

    public void Dispose()
    {
        warned.Dispose();
        folder.Dispose();
    }

    /// <summary>Says to agents that the time limit of their job is near.</summary>
    public void Warn() => warned.Cancel();

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public string this[string name] => folder[name];

    public static RunId Run(int number) => RunId.FromBits((ulong)number);

    public string StateOf(int run) => Ledger[Run(run)].State.Word;

    /// <summary>What each run's command is; <c>$EXPFLOW_RUN_ID</c> and <c>$T</c>, a folder of the test, are there.</summary>
    public void Command(string command) => Stage = Stage with { Command = Text(command) };

    /// <summary>A program in PATH.</summary>
    public void Fake(string name, string script)
    {
        var path = Path.Combine(folder["bin"], name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>A batch of these runs.</summary>
    public Batch Batch(params int[] runs) => Batch(runs, _ => []);

    /// <summary>A batch of runs that wait for others.</summary>
    public Batch Blocked(int run, params int[] needs)
    {
        var batch = Batch([run], _ => needs);
        return batch with { Name = batch.Name with { IsBlocked = true } };
    }

    /// <summary>Puts batches into the queue.</summary>
    public void Submit(params IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
            QueueDrafts.Add(Pool, batch);
    }

    /// <summary>Starts an agent; what it ends with.</summary>
    public Task<int> Start(string? job = null)
    {
        var setup = Setup(job);
        var writer = JournalWriter.Open(Project.Journal, "cpu01", TimeProvider.System, JournalWriter.Task);
        var agent = new PoolAgent(setup, Terms, Pool, writer, Dead());
        return Task.Run(() =>
        {
            using (writer)
                return agent.Run(warned.Token, default);
        });
    }

    /// <summary>Puts right what dead agents have left, as a command does.</summary>
    public int PutRight() =>
        PoolReaper
            .PutRightAsync(
                Setup(null),
                Pool,
                Dead(),
                () => JournalWriter.Open(Project.Journal, "login", TimeProvider.System)
            )
            .Result;

    /// <summary>The folder of an agent that is no more: a process of this machine that has ended, or a Slurm job.</summary>
    public ClaimFolder Ghost(string name, string? job = null)
    {
        var ghost = ClaimFolder.Create(
            Pool,
            new()
            {
                Agent = name,
                Job = job,
                Host = "cpu01",
                Process = "999999-1-" + ProcessIdentity.Of(Environment.ProcessId)!.BootId,
                At = Now,
            }
        );
        File.SetLastWriteTimeUtc(Path.Combine(ghost.Path, "alive"), Now.UtcDateTime.AddHours(-1));
        return ghost;
    }

    /// <summary>Runs that stand in the queue, each as often as it does.</summary>
    public IEnumerable<int> Queued() =>
        WaitingBatch
            .Of(Pool)
            .SelectMany(batch => ArrayFile.ReadRunsFrom(batch.Path))
            .Select(placed => (int)placed.Run.Bits)
            .Order();

    /// <summary>Says something to the agents.</summary>
    public void Say(PoolState state) => PoolControl.Say(Pool, state);

    /// <summary>Returns when a file of the test's folder is there.</summary>
    public string Await(string name)
    {
        while (!File.Exists(folder[name]))
            Thread.Yield();
        return folder[name];
    }

    private Batch Batch(int[] runs, Func<int, int[]> needs) =>
        new(
            new()
            {
                Sequence = (int)ids,
                Runs = runs.Length,
                Stage = BatchName.KeyOf("e", "s"),
                Id = ids++,
                Request = new()
                {
                    Gpus = Stage.Resources.Gpus?.Count ?? 0,
                    Walltime = Stage.Resources.Walltime?.Duration,
                },
            },
            new()
            {
                Array = ArrayId.New(TimeProvider.System, Random.Shared),
                Submission = SubmissionId.New(TimeProvider.System, Random.Shared),
                Experiment = "e",
                Stage = "s",
                At = default,
                Code = folder.Path,
                Walltime = Stage.Resources.Walltime?.Duration.TotalSeconds,
                Script = "",
                Resolved = """{"experiment":"e"}""",
            },
            [
                .. runs.Select(number => new ArrayTask(
                    number,
                    new ManifestRun(Run(number), "s", "{}", $"e/s/{number}", [.. needs(number).Select(Run)]),
                    0,
                    new Dictionary<string, IReadOnlyList<string>>()
                )),
            ]
        );

    private AgentSetup Setup(string? job)
    {
        return new()
        {
            Project = Project,
            Host = "cpu01",
            Machine = new(Cores, 1L << 40, Gpus, RunsPerGpu),
            Environment = Variables,
            Time = TimeProvider.System,
            Random = Random.Shared,
            ReadExperiment = _ =>
                new()
                {
                    Name = "e",
                    File = "e.yaml",
                    Resolved = "{}",
                    Stages = [Stage],
                    Keep = Keep,
                },
            Log = line => File.AppendAllText(folder["log"], line + "\n"),
            Grace = TimeSpan.FromMilliseconds(500),
            Task =
                job is null && End is null
                    ? null
                    : new()
                    {
                        Index = 0,
                        Job = job ?? "7",
                        End = End,
                    },
        };
    }

    private Dictionary<string, string> Variables =>
        new() { ["PATH"] = $"{folder["bin"]}:/usr/local/bin:/usr/bin:/bin", ["T"] = folder.Path };

    private DeadAgents Dead() =>
        new(
            new SlurmClient(
                new SlurmPrograms(Variables),
                TimeProvider.System,
                Random.Shared,
                new() { Tries = 1, Answer = TimeSpan.FromSeconds(10) }
            ),
            TimeProvider.System,
            "cpu01",
            Terms.Beat
        );

    private static CommandTemplate Text(string text) => new(text, [new TemplatePiece.Literal(text)], null);
}
