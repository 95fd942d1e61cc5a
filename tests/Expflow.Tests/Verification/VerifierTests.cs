using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Tracking;
using Expflow.Verification;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Verification;

public sealed class VerifierTests
{
    private static readonly RunFlag Dead = new("check_failed", "loss 2.3 at step 3: must be below 2.2 by step 3");

    public static TheoryData<JournalEvent[], HoleKind?, string?> Cases =>
        new()
        {
            { [], HoleKind.Pending, "waits for its turn" },
            { [Started(1, 1)], HoleKind.Running, "runs now" },
            { [Started(1, 1), Ended(1, 1)], null, null },
            { [Ended(1, 1, AttemptOutcome.Failed)], HoleKind.Failed, "exit 1" },
            { [Ended(1, 1, AttemptOutcome.Failed) with { Cause = "check_failed" }], HoleKind.CheckFailed, "exit 1" },
            { [Cancelled(1, 1)], HoleKind.Cancelled, "cancelled on request" },
            { [Flagged(Dead)], HoleKind.CheckFailed, Dead.Words },
            { [Flagged(new RunFlag("not_finite", "nan"))], HoleKind.NotFinite, "nan" },
            { [Flagged(Dead, new RunFlag("metric_missing", "none"))], HoleKind.MetricMissing, $"{Dead.Words}; none" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_hole_has_its_reason(JournalEvent[] events, HoleKind? hole, string? reason)
    {
        var report = Verify([Expected(1)], [Found(1, events)]);
        Assert.Equal((hole, reason), (report.Runs[0].Hole, report.Runs[0].Reason));
    }

    [Fact]
    public void In_a_grid_of_240_both_the_dead_runs_and_the_cells_never_submitted_are_found()
    {
        var found = Enumerable
            .Range(1, 222)
            .Select(run => Found(run, run <= 18 ? [Ended(run, 1) with { Flags = [Dead] }] : [Ended(run, 1)]))
            .ToList();
        var report = Verify([.. Enumerable.Range(1, 240).Select(Expected)], found);
        Assert.Equal([(HoleKind.NeverSubmitted, 18), (HoleKind.CheckFailed, 18)], report.Summary);
        Assert.Equal((240, 222, 36), (report.Runs.Count, report.Count("done"), report.Holes.Count));
        Assert.Empty(report.Extra);
    }

    [Fact]
    public void Results_that_nothing_asks_for_are_no_holes_but_are_told()
    {
        var report = Verify([Expected(1)], [Found(1, [Ended(1, 1)]), Found(2, [Ended(2, 1)])]);
        Assert.Empty(report.Holes);
        Assert.Equal(Run(2), Assert.Single(report.Extra).Run.Id);
    }

    [Fact]
    public void What_is_done_is_a_hole_when_its_outputs_have_gone_or_its_code_is_older()
    {
        var found = new[] { Found(1, [Ended(1, 1)]), Found(2, [Ended(2, 1)]) };
        var verifier = new Verifier(
            new Standings(_ => true).Of,
            run => run.Run.Id == Run(2),
            run => run.Run.Id == Run(1) ? ["model.pt"] : []
        );
        var report = verifier.Verify([Expected(1), Expected(2)], found);
        Assert.Equal(
            ["was done, but its output 'model.pt' is gone since", "done with older code"],
            report.Holes.Select(hole => hole.Reason)
        );
    }

    private static VerificationReport Verify(ManifestRun[] expected, IReadOnlyList<TrackedRun> found) =>
        new Verifier(new Standings(_ => true).Of, _ => false, _ => []).Verify(expected, found);

    private static ManifestRun Expected(int run) => new(Run(run), "main", "{}", $"e/main/seed={run}-000000", []);

    private static TrackedRun Found(int run, JournalEvent[] events) =>
        new("e", Expected(run), TheSubmission, events.Aggregate(RunHistory.Empty, (history, one) => history.With(one)));

    private static JournalEvent.AttemptEnded Flagged(params RunFlag[] flags) => Ended(1, 1) with { Flags = flags };
}
