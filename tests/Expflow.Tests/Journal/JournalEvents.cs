using CsCheck;
using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tests.Journal;

/// <summary>Makes events for tests: single ones by name, and any at random.</summary>
internal static class JournalEvents
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly SubmissionId TheSubmission = SubmissionId.TryParse("20261123-120000-00000001", out var id)
        ? id
        : default;

    public static RunId Run(int number) => RunId.FromBits((ulong)number);

    public static JournalEvent.AttemptStarted Started(int run, int attempt, string token = "a") =>
        new()
        {
            At = Noon,
            Run = Run(run),
            Attempt = attempt,
            Token = token,
            Submission = TheSubmission,
            Host = "node1",
        };

    public static JournalEvent.AttemptEnded Ended(
        int run,
        int attempt,
        AttemptOutcome outcome = AttemptOutcome.Done,
        string token = "a"
    ) =>
        new()
        {
            At = Noon,
            Run = Run(run),
            Attempt = attempt,
            Token = token,
            Outcome = outcome,
            Cause = outcome == AttemptOutcome.Failed ? "failed" : null,
            Reason = outcome == AttemptOutcome.Failed ? "exit 1" : null,
            ExitCode = outcome == AttemptOutcome.Done ? 0 : 1,
        };

    public static JournalEvent.Requeued Requeued(int run, int turn, int after) =>
        new()
        {
            At = Noon,
            Run = Run(run),
            Turn = turn,
            After = after,
            Reason = "on request",
        };

    public static JournalEvent.Cancelled Cancelled(int run, int turn) =>
        new()
        {
            At = Noon,
            Run = Run(run),
            Turn = turn,
        };

    public static readonly Gen<JournalEvent> Any = Gen.Select(
        Gen.Int[0, 4],
        Gen.Int[1, 3],
        Gen.Int[0, 3],
        Gen.Int[0, 5],
        (kind, run, number, variant) =>
            (JournalEvent)(
                kind switch
                {
                    0 or 1 => Started(run, number + 1, variant < 4 ? "a" : "b"),
                    2 => Ended(run, number + 1, (AttemptOutcome)(variant % 3), variant < 4 ? "a" : "b"),
                    3 => Requeued(run, number + 1, variant),
                    _ => Cancelled(run, number + 1),
                }
            )
    );
}
