using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Metrics;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Templates;
using Expflow.Tracking;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class LocalAgentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ProjectFolder project;
    private Experiment experiment = new()
    {
        Name = "e",
        File = "e.yaml",
        Resolved = "{}",
        Stages = [],
    };

    public LocalAgentTests()
    {
        project = new(folder.Path);
        project.Prepare();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_command_that_ends_well_is_done_and_its_output_is_kept()
    {
        Run(Stage("s", "echo hello; echo there >&2"));
        Assert.Equal("done", StateOf(1));
        Assert.Equal("hello\nthere\n", File.ReadAllText(folder["runs/s/1/attempt-1/output.log"]));
        Assert.Equal("0\n", File.ReadAllText(folder["runs/s/1/attempt-1/exit"]));
    }

    [Theory]
    [InlineData("exit 3", "exit 3")]
    [InlineData("kill -KILL $$", "ended by signal 9 (killed; the machine may have run out of memory)")]
    [InlineData("no-such-program --x |", "exit 2")]
    [InlineData("echo epoch 1; echo \"KeyError: 'f1'\"; exit 1", "exit 1: KeyError: 'f1'")]
    [InlineData(
        "echo RuntimeError: CUDA out of memory. >&2; exit 1",
        "out of GPU memory: RuntimeError: CUDA out of memory"
    )]
    [InlineData(
        "echo terminate called after throwing an instance of \"'std::bad_alloc'\"; kill -ABRT $$",
        "out of memory: terminate called after throwing an instance of 'std::bad_alloc'"
    )]
    public void A_command_that_fails_says_why(string command, string reason)
    {
        Run(Stage("s", command));
        Assert.Equal("failed", StateOf(1));
        Assert.Equal(reason, Fold()[Id(1)].Ended!.Reason);
    }

    [Theory]
    [InlineData("true", "exit 0, but without its declared output 'model.pt'")]
    [InlineData("touch \"$EXPFLOW_RUN_DIR/model.pt\"", "exit 0, but without its declared output 'model.pt'")]
    [InlineData("echo x > \"$EXPFLOW_RUN_DIR/model.pt\"", null)]
    public void Success_is_proved_by_outputs(string command, string? reason)
    {
        Run(Stage("s", command) with { Outputs = [Text("model.pt")] });
        Assert.Equal(reason, Fold()[Id(1)].Ended!.Reason);
    }

    [Theory]
    [InlineData(FailedCheck.Flag, "done", null)]
    [InlineData(FailedCheck.End, "failed", "check failed: loss inf at step 1: must be finite")]
    public void A_run_that_is_over_before_anybody_looked_is_judged_by_its_checks_all_the_same(
        FailedCheck onFail,
        string state,
        string? reason
    )
    {
        var stage = Stage("s", "echo '{\"step\": 1, \"loss\": Infinity}' >> \"$EXPFLOW_METRICS\"");
        Run(stage with { Checks = [new MetricCheck("loss") { Finite = true, OnFail = onFail }] });
        Assert.Equal(state, StateOf(1));
        Assert.Equal(reason, Fold()[Id(1)].Ended!.Reason);
    }

    [Fact]
    public void A_later_stage_starts_only_after_what_it_needs_is_done()
    {
        Run(
            [
                Stage("a", "echo a > \"$EXPFLOW_RUN_DIR/x\""),
                Stage("b", "exit 1"),
                Stage("c", "true"),
                Stage("d", "true"),
            ],
            new ManifestRun(Id(1), "a", "{}", "a/1", []),
            new ManifestRun(Id(2), "b", "{}", "b/2", [Id(1)]),
            new ManifestRun(Id(3), "c", "{}", "c/3", [Id(1)]),
            new ManifestRun(Id(4), "d", "{}", "d/4", [Id(2)])
        );
        Assert.Equal(["done", "failed", "done", "pending"], [StateOf(1), StateOf(2), StateOf(3), StateOf(4)]);
    }

    [Fact]
    public void Exit_code_75_runs_it_again_from_its_checkpoints()
    {
        Run(
            Stage("s", "test -e \"$EXPFLOW_CHECKPOINTS/half\" && exit 0; touch \"$EXPFLOW_CHECKPOINTS/half\"; exit 75")
        );
        Assert.Equal("done", StateOf(1));
        Assert.Equal(2, Fold()[Id(1)].Attempt);
    }

    [Fact]
    public void Exit_code_75_without_anything_saved_does_not_go_on_for_ever()
    {
        Run(Stage("s", "exit 75"));
        Assert.Equal("asked_too_often", Fold()[Id(1)].Ended!.Cause);
    }

    [Fact]
    public void A_run_that_reaches_its_walltime_is_told_to_end_and_then_ended()
    {
        var stubborn = Stage("s", "trap '' TERM; sleep 60 & while :; do wait; done");
        Run(stubborn with { Resources = new() { Walltime = Walltime.From(TimeSpan.FromSeconds(1)) } });
        Assert.Equal("reached its walltime of 00:00:01", Fold()[Id(1)].Ended!.Reason);
    }

    [Fact]
    public void More_memory_than_asked_for_ends_a_run_and_the_policy_gives_it_more()
    {
        var greedy = "head -c 80000000 /dev/zero | tail -c 80000000 | (sleep 1.2; wc -c)";
        Run(
            Stage("s", greedy) with
            {
                Resources = new() { Memory = MemorySize.FromBytes(40 << 20) },
                Retry = new() { OutOfMemory = new(3, MemoryFactor: 4) },
            }
        );
        var history = Fold()[Id(1)];
        Assert.Equal(("done", 2), (history.State.Word, history.Attempt));
        Assert.StartsWith(
            "try 2 of 4 after: out of memory: asked for 40M",
            history.Requeued!.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Packed_outputs_share_a_file_and_can_be_told_apart()
    {
        experiment = experiment with { Keep = KeepOutputs.Packed };
        var runs = Enumerable.Range(1, 50).Select(n => new ManifestRun(Id(n), "s", $$"""{"n":{{n}}}""", $"s/{n}", []));
        Run(
            [Stage("s", "cat \"$EXPFLOW_PARAMETERS\"; echo '{\"step\":1,\"loss\":2}' >> \"$EXPFLOW_METRICS\"")],
            [.. runs]
        );
        var ended = Fold()[Id(7)].Ended!;
        var segment = File.ReadAllText(Path.Combine(project.Segments, ended.Output!.File));
        Assert.Equal("""{"n":7}""", segment.Substring((int)ended.Output.Offset, (int)ended.Output.Length));
        Assert.Contains("\"loss\"", ended.Metrics, StringComparison.Ordinal);
        Assert.InRange(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Length, 1, 12);
    }

    private static Stage Stage(string name, string command) =>
        new()
        {
            Name = name,
            Command = Text(command),
            Uses = [],
        };

    private static CommandTemplate Text(string text) => new(text, [new TemplatePiece.Literal(text)], null);

    private static RunId Id(int number) => RunId.FromBits((ulong)number);

    private void Run(Stage stage) => Run([stage], new ManifestRun(Id(1), stage.Name, "{}", $"{stage.Name}/1", []));

    private void Run(Stage[] stages, params ManifestRun[] runs)
    {
        experiment = experiment with { Stages = stages };
        var submission = SubmissionId.New(TimeProvider.System, Random.Shared);
        ManifestFile.Write(
            project.Manifests,
            new()
            {
                Submission = submission,
                Experiment = "e",
                At = TimeProvider.System.GetUtcNow(),
                Expflow = "0",
                File = "e.yaml",
                Resolved = "{}",
                Code = folder.Path,
            },
            runs
        );
        using var writer = JournalWriter.Open(project.Journal, "test", TimeProvider.System);
        writer.Append(
            new JournalEvent.Submitted
            {
                At = TimeProvider.System.GetUtcNow(),
                Submission = submission,
                Experiment = "e",
                Runs = runs.Length,
            }
        );
        using var own = JournalWriter.Open(project.Journal, "test", TimeProvider.System);
        Assert.True(new LocalAgent(Setup(), own).Run(CancellationToken.None, CancellationToken.None));
    }

    private AgentSetup Setup() =>
        new()
        {
            Project = project,
            Host = "test",
            Machine = new(2, 4L << 30, []),
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" },
            Time = TimeProvider.System,
            Random = Random.Shared,
            ReadExperiment = _ => experiment,
            Log = _ => { },
            Grace = TimeSpan.FromMilliseconds(200),
        };

    private RunLedger Fold()
    {
        var ledger = new RunLedger();
        ledger.Add(new JournalFolder(project.Journal).ReadNew().Events);
        return ledger;
    }

    private string StateOf(int run) => Fold()[Id(run)].State.Word;
}
