using Expflow.Journal;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;
using Xunit;

namespace Expflow.Tests.Witnesses;

public sealed class ReconciliationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunId TheRun = RunId.FromBits(1);

    [Theory]
    [InlineData("OUT_OF_MEMORY", "0:125", "out_of_memory", "out of memory: asked for 100M")]
    [InlineData("TIMEOUT", "0:0", "timed_out", "reached its walltime of 01:00:00")]
    [InlineData("NODE_FAIL", "1:0", "node_failed", "node node1 failed")]
    [InlineData("BOOT_FAIL", "0:0", "node_failed", "node node1 failed")]
    [InlineData("PREEMPTED", "0:0", "preempted", "preempted by another job")]
    [InlineData("CANCELLED by 1000", "0:15", "cancelled", "cancelled with scancel")]
    [InlineData("CANCELLED by 0", "0:15", "cancelled_by_admin", "cancelled by root, who is not its owner")]
    [InlineData(
        "CANCELLED by 77",
        "0:15",
        "cancelled_by_admin",
        "cancelled by the user with the id 77, who is not its owner"
    )]
    [InlineData("DEADLINE", "0:0", "never_started", null)]
    [InlineData("FAILED", "0:53", "never_started", null)]
    [InlineData("FAILED", "0:125", "out_of_memory", "out of memory: asked for 100M")]
    [InlineData("FAILED", "137:0", "signalled", null)]
    [InlineData("FAILED", "0:11", "signalled", "ended by signal 11 (segmentation fault)")]
    public void A_state_of_the_accounting_has_a_cause(string state, string exit, string cause, string? words)
    {
        var known = Assert.IsType<Verdict.Known>(Judge(Running(), Account(state, exit))).Event;
        Assert.Equal(
            (AttemptOutcome.Failed, 1, "token", cause),
            (known.Outcome, known.Attempt, known.Token, known.Cause)
        );
        if (words is not null)
            Assert.Equal(words, known.Reason);
    }

    [Theory]
    [InlineData(95L << 20, "out_of_memory")]
    [InlineData(40L << 20, "signalled")]
    public void A_kill_is_for_memory_where_the_last_sample_was_near_the_limit(long peak, string cause)
    {
        var end = Account("FAILED", "0:9") with { PeakMemory = peak, Memory = 100 << 20 };
        Assert.Equal(cause, Assert.IsType<Verdict.Known>(Judge(Running(), end)).Event.Cause);
    }

    [Theory]
    [InlineData("COMPLETED", "0:0")]
    [InlineData("FAILED", "1:0")]
    public void A_job_that_ended_without_a_record_is_waited_for_and_then_lost(string state, string exit)
    {
        var end = Account(state, exit);
        Assert.IsType<Verdict.Unknown>(Judge(Running(), end, after: TimeSpan.FromMinutes(1)));
        Assert.Equal("lost", Assert.IsType<Verdict.Known>(Judge(Running(), end)).Event.Cause);
    }

    [Fact]
    public void An_exit_record_says_more_than_the_state_of_the_job()
    {
        var known = Assert.IsType<Verdict.Known>(
            Judge(Running(), Account("FAILED", "1:0"), new TracesLeft { ExitCode = 0 })
        );
        Assert.Equal((AttemptOutcome.Done, 0), (known.Event.Outcome, known.Event.ExitCode));
        known = Assert.IsType<Verdict.Known>(
            Judge(
                Running(),
                Account("COMPLETED", "0:0"),
                new TracesLeft { ExitCode = 0, MissingOutputs = ["model.pt"] }
            )
        );
        Assert.Equal("missing_outputs", known.Event.Cause);
    }

    [Fact]
    public void A_job_that_died_before_its_agent_came_is_the_next_attempt_of_its_own()
    {
        var known = Assert.IsType<Verdict.Known>(Judge(Pending(), Account("FAILED", "3:0"))).Event;
        Assert.Equal((1, "job-12_3", "failed", "exit 3"), (known.Attempt, known.Token, known.Cause, known.Reason));
        known = Assert
            .IsType<Verdict.Known>(Judge(Requeued(), Account("NODE_FAIL", "0:0") with { Start = Noon.AddMinutes(1) }))
            .Event;
        Assert.Equal((2, "job-12_3"), (known.Attempt, known.Token));
    }

    [Fact]
    public void A_run_that_asked_to_go_on_and_whose_job_is_over_is_to_be_sent_out_again_unless_somebody_cancelled_it()
    {
        var over = Account("FAILED", "75:0") with { Start = Noon.AddMinutes(-5) };
        var mayRequeue = new TracesLeft { MayRequeue = true };
        Assert.IsType<Verdict.Unknown>(Judge(Requeued(), over, mayRequeue, TimeSpan.FromMinutes(1)));
        Assert.IsType<Verdict.SendAgain>(Judge(Requeued(), over, mayRequeue));
        Assert.IsType<Verdict.SendAgain>(Judge(Requeued(), over, after: TimeSpan.Zero));
        Assert.IsType<Verdict.SendAgain>(Judge(Requeued(), null));
        var cancelled = Account("CANCELLED by 1000", "0:15") with { Start = Noon.AddMinutes(-5) };
        var known = Assert.IsType<Verdict.Known>(Judge(Requeued(), cancelled)).Event;
        Assert.Equal(("cancelled", 1, "token"), (known.Cause, known.Attempt, known.Token));
        Assert.Equal("failed", Requeued().History.With(known).State.Word);
    }

    [Theory]
    [InlineData("PREEMPTED", "preempted")]
    [InlineData("TIMEOUT", "timed_out")]
    public void What_Slurm_stopped_a_run_for_is_the_cause(string state, string cause)
    {
        var run = Requeued();
        var stopped = run with { History = run.History with { Ended = run.History.Ended! with { Cause = "stopped" } } };
        var over = Account(state, "0:15") with { Start = Noon.AddMinutes(-5) };
        var known = Assert.IsType<Verdict.Known>(Judge(stopped, over, after: TimeSpan.Zero)).Event;
        Assert.Equal((cause, 1, "token"), (known.Cause, known.Attempt, known.Token));
    }

    [Fact]
    public void What_the_accounting_has_not_heard_of_stays_unknown_for_a_while()
    {
        var nothing = new AccountingLook(new Dictionary<RunId, AccountedEnd>());
        Assert.IsType<Verdict.Unknown>(Judge(Running(), null, after: TimeSpan.FromMinutes(9), accounting: nothing));
        Assert.Equal(
            "unknown",
            Assert
                .IsType<Verdict.Known>(Judge(Running(), null, after: TimeSpan.FromMinutes(11), accounting: nothing))
                .Event.Cause
        );
    }

    [Fact]
    public void An_accounting_that_is_down_is_waited_for_without_end()
    {
        var down = new AccountingLook(new Dictionary<RunId, AccountedEnd>(), "'sacct' got no answer");
        var unknown = Assert.IsType<Verdict.Unknown>(
            Judge(Running(), null, after: TimeSpan.FromDays(1), accounting: down)
        );
        Assert.Equal("left the queue; 'sacct' got no answer", unknown.Why);
    }

    [Fact]
    public void Without_accounting_the_log_tells_why()
    {
        var off = new AccountingLook(new Dictionary<RunId, AccountedEnd>(), "off", IsOff: true);
        Assert.IsType<Verdict.Unknown>(Judge(Running(), null, after: TimeSpan.FromMinutes(1), accounting: off));
        var traces = new TracesLeft
        {
            Clue = LogClues.Find("slurmstepd: error: Detected 1 oom_kill event in StepId=12.batch."),
        };
        var known = Assert.IsType<Verdict.Known>(Judge(Running(), null, traces, accounting: off));
        Assert.Equal("out_of_memory", known.Event.Cause);
    }

    [Theory]
    [InlineData("RUNNING", "the queue doesn't have it any more, but the accounting still says RUNNING")]
    [InlineData("BLOOMING", "the accounting says 'BLOOMING', which this version doesn't know")]
    public void What_is_not_over_or_not_understood_is_unknown(string state, string why) =>
        Assert.Equal(why, Assert.IsType<Verdict.Unknown>(Judge(Running(), Account(state, "0:0"))).Why);

    [Theory]
    [InlineData("PENDING", 0, true)]
    [InlineData("RUNNING", 0, false)]
    [InlineData("RUNNING", 3600, true)]
    [InlineData("COMPLETING", 0, false)]
    public void An_attempt_whose_job_waits_or_has_started_again_is_over(string state, int startedAfter, bool isOver)
    {
        var row = Row("12_3", state) with { Start = Noon.AddSeconds(startedAfter) };
        var task = new OpenTask(TheRun, "main", Id("a"), 3, Started());
        var again = Reconciliation.Requeued(task, row, Noon);
        Assert.Equal(isOver ? AttemptOutcome.Again : null, again?.Outcome);
    }

    private static Verdict Judge(
        TrackedRun run,
        AccountedEnd? end,
        TracesLeft? traces = null,
        TimeSpan? after = null,
        AccountingLook? accounting = null
    ) =>
        Reconciliation.Judge(
            run,
            new(new(Id("a"), new(new(12)), "e.main.a", Noon, true), 3),
            end,
            accounting ?? new(new Dictionary<RunId, AccountedEnd>()),
            traces ?? TracesLeft.None,
            Noon,
            Noon + (after ?? TimeSpan.FromMinutes(3))
        );

    private static AccountedEnd Account(string state, string exit) =>
        new()
        {
            State = JobState.Parse(state),
            Exit = SlurmExitCode.TryParse(exit, out var code) ? code : null,
            Memory = 100 << 20,
            TimeLimit = TimeSpan.FromHours(1),
            Nodes = "node1",
            End = Noon,
            Owner = 1000,
        };

    private static QueuedJob Row(string job, string state) =>
        new()
        {
            Job = JobReference.TryParse(job, out var reference) ? reference : throw new ArgumentException(job),
            OwnId = new(99),
            State = JobState.Parse(state),
            Reason = WaitingReason.Parse("None"),
        };

    private static JournalEvent.AttemptStarted Started() =>
        new()
        {
            At = Noon,
            Run = TheRun,
            Attempt = 1,
            Token = "token",
            Submission = default,
            Host = "node1",
            Job = "12_3",
        };

    private static TrackedRun Pending() =>
        new("e", new(TheRun, "main", "{}", "e/main/x", []), default, RunHistory.Empty) { Array = Id("a"), Task = 3 };

    private static TrackedRun Running() => Pending() with { History = RunHistory.Empty.With(Started()) };

    private static TrackedRun Requeued() =>
        Running() with
        {
            History = Running()
                .History.With(
                    new JournalEvent.AttemptEnded
                    {
                        At = Noon,
                        Run = TheRun,
                        Attempt = 1,
                        Token = "token",
                        Outcome = AttemptOutcome.Again,
                    }
                ),
        };

    private static ArrayId Id(string text) => ArrayId.TryParse(text, out var id) ? id : default;
}
