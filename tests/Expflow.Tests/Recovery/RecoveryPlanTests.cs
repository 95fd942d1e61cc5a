using CsCheck;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Recovery;
using Expflow.Slurm;
using Expflow.Tests.Experiments;
using Expflow.Tracking;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Recovery;

public sealed class RecoveryPlanTests : IDisposable
{
    private static readonly string[] Causes = ["out_of_memory", "node_failed", "preempted", "failed", "lost"];

    private readonly ExperimentFiles files = new();
    private readonly Experiment pipeline;

    public RecoveryPlanTests() =>
        pipeline = files.Good(
            """
            experiment: kd-gat
            resources: {memory: 96G, walltime: 8h, cpus: 16}
            stages:
              vgae: {command: train vgae}
              curriculum: {command: train gat, needs: [vgae]}
              fusion: {command: train fusion, needs: [curriculum]}
            """
        );

    public void Dispose() => files.Dispose();

    [Fact]
    public void Only_the_chain_behind_the_failed_run_goes_out_again_stage_by_stage()
    {
        var plan = Plan(
            Failed(1, "vgae", "out_of_memory"),
            Done(2, "vgae"),
            Pending(11, "curriculum", QueuePlace.Stuck, 1),
            Pending(12, "curriculum", QueuePlace.Waiting, 2),
            Pending(21, "fusion", QueuePlace.Waiting, 11),
            Pending(22, "fusion", QueuePlace.Waiting, 12)
        );

        Assert.Equal(["vgae out_of_memory 192G 1", "curriculum  96G 11", "fusion  96G 21"], plan.Groups.Select(Text));
        Assert.Equal([Run(11), Run(21)], plan.ToCancel.Select(run => run.Run.Id));
        var requeued = Assert.Single(plan.Events(Noon).OfType<JournalEvent.Requeued>());
        Assert.Equal((1, "out_of_memory", 192L << 30), (requeued.Tries, requeued.Cause, requeued.Memory));
    }

    [Fact]
    public void Runs_of_one_cause_go_out_as_one_array_that_leaves_out_every_bad_node()
    {
        var plan = Plan(
            Failed(1, "vgae", "node_failed", host: "n1"),
            Failed(2, "vgae", "out_of_memory"),
            Failed(3, "vgae", "node_failed", host: "n3"),
            Failed(4, "vgae", "preempted", host: "n1")
        );

        Assert.Equal(
            ["vgae node_failed 96G 1 3 not n1 n3", "vgae out_of_memory 192G 2", "vgae preempted 96G 4"],
            plan.Groups.Select(Text)
        );
        Assert.All(
            plan.Events(Noon).OfType<JournalEvent.Requeued>().Where(one => one.Cause == "node_failed"),
            one => Assert.Equal(["n1", "n3"], one.Exclude)
        );
    }

    [Theory]
    [InlineData(
        "failed",
        "KeyError; 'retry' doesn't name failed: 'retry: {failed: {times: 1}}' in the file has it tried again"
    )]
    [InlineData("cancelled", "KeyError; it was cancelled by its owner")]
    [InlineData(
        "timed_out",
        "KeyError; it saved no checkpoint in EXPFLOW_CHECKPOINTS, so it would begin again from the start: 'retry: {timed_out: {walltime: x2}}' does so with more time"
    )]
    public void What_is_left_says_why_and_what_waits_for_it_is_blocked(string cause, string why)
    {
        var plan = Plan(
            Failed(1, "vgae", cause, "KeyError"),
            Pending(11, "curriculum", QueuePlace.Stuck, 1),
            Pending(21, "fusion", QueuePlace.Waiting, 11)
        );

        Assert.True(plan.IsIdle);
        Assert.Equal(
            [why, $"needs vgae {Run(1).Brief}: KeyError", $"needs vgae {Run(1).Brief}: KeyError"],
            plan.Decisions.Select(one => one.Words)
        );
    }

    [Fact]
    public void The_rest_of_a_stage_is_held_when_its_first_runs_die_alike_within_seconds()
    {
        RecoveryRun[] runs =
        [
            .. Enumerable.Range(1, 3).Select(i => Failed(i, "vgae", "failed", $"exit 1: KeyError: '{i}'", elapsed: 2)),
            Pending(4, "vgae", QueuePlace.Waiting),
        ];

        var plan = Plan(runs);

        Assert.All(plan.Decisions, one => Assert.IsType<RecoveryDecision.Hold>(one));
        Assert.Equal([Run(4)], Assert.Single(plan.Holds).Rest.Select(run => run.Run.Run.Id));
        var again = Plan([.. runs[..3], Pending(4, "vgae", QueuePlace.Held)]);
        Assert.True(again.IsIdle);
        Assert.Empty(again.Events(Noon));
        Assert.Equal("exit 1: KeyError: '1'", Assert.Single(plan.Events(Noon).OfType<JournalEvent.Held>()).Reason);
    }

    [Theory]
    [InlineData("failed", 600, false, "too late in their lives")]
    [InlineData("failed", 2, true, "one of the stage has come through")]
    [InlineData("out_of_memory", 2, false, "the next attempt gets more")]
    [InlineData("node_failed", 2, false, "not their own doing")]
    public void Nothing_is_held_when_the_deaths_say_nothing_of_the_others(
        string cause,
        double elapsed,
        bool oneDone,
        string because
    )
    {
        var runs = Enumerable
            .Range(1, 3)
            .Select(i => Failed(i, "vgae", cause, elapsed: elapsed))
            .Append(Pending(4, "vgae", QueuePlace.Waiting));

        var plan = Plan([.. runs, oneDone ? Done(5, "vgae") : Pending(5, "vgae", QueuePlace.Waiting)]);

        Assert.True(plan.Holds.Count == 0, because);
    }

    [Fact]
    public void One_bad_node_is_avoided_before_a_stage_is_held()
    {
        RecoveryRun[] On(params string[] hosts) =>
            [
                .. hosts.Select((host, i) => Failed(i + 1, "vgae", "gpu_failed", host: host, elapsed: 3)),
                Pending(9, "vgae", QueuePlace.Waiting),
            ];

        Assert.Empty(Plan(On("n1", "n1", "n1")).Holds);
        Assert.Single(Plan(On("n1", "n2", "n3")).Holds);
    }

    [Fact]
    public void What_the_site_cancelled_or_is_held_goes_out_when_all_is_asked_for()
    {
        RecoveryRun[] runs =
        [
            Failed(1, "vgae", "cancelled_by_admin", "cancelled by root, who is not its owner"),
            Failed(2, "vgae", "cancelled"),
        ];

        Assert.Empty(Plan(runs).Groups);
        Assert.Equal(["vgae cancelled_by_admin 96G 1"], Plan(runs, all: true).Groups.Select(Text));
    }

    [Theory]
    [InlineData(true, "vgae", 1)]
    [InlineData(true, "fusion", 0)]
    [InlineData(false, "vgae", 0)]
    public void What_recovery_held_is_let_go_once_one_of_the_stage_has_come_through(
        bool oneDone,
        string held,
        int released
    )
    {
        var dead = Enumerable.Range(1, 3).Select(i => Failed(i, "vgae", "failed", elapsed: 2));
        RecoveryRun[] rest =
        [
            oneDone ? Done(4, "vgae") : Pending(4, "vgae", QueuePlace.Held),
            Pending(5, "vgae", QueuePlace.Held),
        ];

        var plan = Plan([.. dead, .. rest], all: false, held);

        Assert.Equal(released, plan.Decisions.Count(one => one is RecoveryDecision.Release));
    }

    [Fact]
    public void What_goes_out_anew_without_having_failed_gets_a_new_turn_so_that_its_old_task_is_nobodys()
    {
        var behind = Pending(11, "curriculum", QueuePlace.Stuck, 1);
        var placed = behind with { Run = behind.Run with { Array = default(Expflow.Runs.ArrayId) } };

        var events = Plan(Failed(1, "vgae", "out_of_memory"), placed).Events(Noon).OfType<JournalEvent.Requeued>();

        var order = events.Single(one => one.Run == Run(11));
        Assert.Equal((1, 0, 0, null), (order.Turn, order.After, order.Tries, order.Cause));
    }

    [Fact]
    public void A_run_that_nobody_will_start_is_sent()
    {
        var plan = Plan(
            Done(1, "vgae"),
            Pending(11, "curriculum", QueuePlace.Absent, 1),
            Pending(12, "curriculum", QueuePlace.Waiting, 1)
        );

        Assert.Equal(["curriculum  96G 11"], plan.Groups.Select(Text));
        Assert.Empty(plan.Events(Noon));
    }

    [Fact]
    public void A_run_that_asked_to_go_on_goes_on_as_long_as_it_saves()
    {
        var asked = Pending(
            1,
            "vgae",
            QueuePlace.Absent,
            history: [Started(1, 1), Ended(1, 1, AttemptOutcome.Again) with { Cause = "again", Reason = "asked" }]
        );
        var again = Requeued(1, 1, 0) with
        {
            Tries = 3,
            TriesByCause = new Dictionary<string, int> { ["again"] = 3 },
        };
        var inVain = asked with { Run = asked.Run with { History = asked.Run.History.With(again) } };

        Assert.IsType<RecoveryDecision.Again>(Plan(asked).Decisions[0]);
        Assert.IsType<RecoveryDecision.Leave>(Plan(inVain).Decisions[0]);
        Assert.IsType<RecoveryDecision.Again>(Plan(inVain with { HasSaved = true }).Decisions[0]);
    }

    [Fact]
    public void Each_cause_has_tries_of_its_own_and_they_come_to_an_end()
    {
        var run = Failed(1, "vgae", "preempted");
        var causes = new List<string>();
        for (
            var attempt = 2;
            Plan(run).Events(Noon).OfType<JournalEvent.Requeued>().SingleOrDefault() is { } order;
            attempt++
        )
        {
            Assert.True(causes.Count < 20);
            causes.Add(order.Cause!);
            var cause = attempt % 2 == 0 ? "out_of_memory" : "preempted";
            var history = run.Run.History.With(order).With(Started(1, attempt)).With(End(1, attempt, cause));
            run = run with { Run = run.Run with { History = history } };
        }

        Assert.Equal(["preempted", "out_of_memory", "preempted", "out_of_memory", "preempted"], causes);
    }

    [Fact]
    public void A_group_never_mixes_stages_causes_or_submissions() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4].Select(i => Causes[i]), Gen.Int[1, 3])
            .Array[0, 20]
            .Sample(deaths =>
            {
                string[] stages = ["vgae", "curriculum", "fusion"];
                var plan = Plan([
                    .. deaths.Select(
                        (one, i) => Failed(i, stages[one.Item1], one.Item2, host: $"n{one.Item3}", elapsed: 4000)
                    ),
                ]);
                foreach (var group in plan.Groups)
                {
                    Assert.Single(
                        group
                            .Runs.Select(run =>
                                (run.Run.Run.Submission, run.Run.Run.Run.Stage, run.Run.Run.History.Ended!.Cause)
                            )
                            .Distinct()
                    );
                    Assert.True(group.Resources.Exclude.Count < 3);
                }
                Assert.Equal(plan.Groups.Sum(group => group.Runs.Count), plan.Decisions.Count(one => one.GoesOut));
            });

    private RecoveryPlan Plan(params RecoveryRun[] runs) => Plan(runs, all: false);

    private RecoveryPlan Plan(RecoveryRun[] runs, bool all, params string[] held) =>
        RecoveryPlan.For(
            new()
            {
                Runs = runs,
                All = all,
                HeldStages = held.ToHashSet(),
                StageOf = run =>
                    new(
                        pipeline.Stages.First(stage => stage.Name == run.Run.Stage),
                        new() { Nodes = 3, MemoryPerNode = 256L << 30 }
                    ),
            }
        );

    private static string Text(RetryGroup group) =>
        $"{group.Stage} {group.Cause} {MemorySize.FromBytes(group.Resources.Memory!.Value)} "
        + string.Join(' ', group.Runs.Select(run => run.Run.Run.Run.Id.Bits))
        + (group.Resources.Exclude.Count == 0 ? "" : $" not {string.Join(' ', group.Resources.Exclude)}");

    private static RecoveryRun Failed(
        int run,
        string stage,
        string cause,
        string? reason = null,
        string host = "n1",
        double elapsed = 3600
    ) =>
        Of(
            run,
            stage,
            QueuePlace.Absent,
            [],
            [Started(run, 1) with { Host = host }, End(run, 1, cause, reason, elapsed)]
        );

    private static JournalEvent.AttemptEnded End(
        int run,
        int attempt,
        string cause,
        string? reason = null,
        double elapsed = 3600
    ) => Ended(run, attempt, AttemptOutcome.Failed) with { Cause = cause, Reason = reason ?? cause, Elapsed = elapsed };

    private static RecoveryRun Done(int run, string stage) =>
        Of(run, stage, QueuePlace.Absent, [], [Started(run, 1), Ended(run, 1)]);

    private static RecoveryRun Pending(int run, string stage, QueuePlace place, params int[] needs) =>
        Of(run, stage, place, needs, []);

    private static RecoveryRun Pending(int run, string stage, QueuePlace place, JournalEvent[] history) =>
        Of(run, stage, place, [], history);

    private static RecoveryRun Of(int run, string stage, QueuePlace place, int[] needs, JournalEvent[] history) =>
        new(
            new(
                "kd-gat",
                new(Run(run), stage, "{}", $"kd-gat/{run}", [.. needs.Select(Run)]),
                TheSubmission,
                history.Aggregate(RunHistory.Empty, (all, happened) => all.With(happened))
            ),
            place
        );
}
