using CsCheck;
using Expflow.Journal;
using Expflow.Tracking;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Tracking;

public sealed class RunHistoryTests
{
    public static TheoryData<string, JournalEvent[]> States =>
        new()
        {
            { "pending", [] },
            { "running", [Started(1, 1)] },
            { "done", [Started(1, 1), Ended(1, 1)] },
            { "failed", [Started(1, 1), Ended(1, 1, AttemptOutcome.Failed)] },
            { "pending", [Started(1, 1), Ended(1, 1, AttemptOutcome.Again)] },
            { "pending", [Started(1, 1), Ended(1, 1, AttemptOutcome.Failed), Requeued(1, 1, after: 1)] },
            { "running", [Ended(1, 1, AttemptOutcome.Failed), Requeued(1, 1, after: 1), Started(1, 2)] },
            { "done", [Ended(1, 1, AttemptOutcome.Failed), Requeued(1, 1, after: 1), Started(1, 2), Ended(1, 2)] },
            { "cancelled", [Cancelled(1, 1)] },
            { "cancelled", [Started(1, 1), Cancelled(1, 1), Ended(1, 1, AttemptOutcome.Failed)] },
            { "done", [Started(1, 1), Cancelled(1, 1), Ended(1, 1)] },
            { "pending", [Cancelled(1, 1), Requeued(1, 2, after: 0)] },
            { "pending", [Started(1, 1), Ended(1, 1), Requeued(1, 1, after: 1)] },
        };

    [Theory]
    [MemberData(nameof(States))]
    public void Events_make_a_state(string word, JournalEvent[] events) => Assert.Equal(word, Fold(events).State.Word);

    [Fact]
    public void A_process_that_comes_back_from_the_dead_ends_nothing_of_a_newer_attempt()
    {
        var newer = Fold([Started(1, 1, "old"), Started(1, 2, "new")]);
        Assert.Equal("running", newer.With(Ended(1, 1, AttemptOutcome.Failed, "old")).State.Word);
    }

    [Fact]
    public void The_end_of_another_owner_of_the_same_attempt_does_not_count() =>
        Assert.Equal("running", Fold([Started(1, 1, "a"), Ended(1, 1, token: "b")]).State.Word);

    [Fact]
    public void A_clock_that_jumps_back_changes_nothing() =>
        Gen.Select(Any.Array[0, 12], Gen.Int[-100_000, 100_000].Array[12])
            .Sample(
                (events, jumps) =>
                {
                    // One end an attempt: of two, which only two agents can have seen, the clock picks one of the same outcome.
                    var jumped = events.Select((happened, i) => happened with { At = Noon.AddSeconds(jumps[i]) });
                    Assert.Equal(States_of(events), States_of([.. jumped]));
                }
            );

    [Fact]
    public void The_order_in_which_files_are_read_makes_no_difference() =>
        Gen.Select(Any.Array[0, 12], Gen.Int[0, 1 << 20])
            .Sample(
                (events, seed) =>
                {
                    var shuffled = events.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    Assert.Equal(States_of(events), States_of(shuffled));
                }
            );

    [Fact]
    public void The_fold_of_a_beginning_and_then_the_rest_is_the_fold_of_the_whole() =>
        Gen.Select(Any.Array[0, 12], Gen.Int[0, 12])
            .Sample(
                (events, cut) =>
                {
                    cut = Math.Min(cut, events.Length);
                    var ledger = new RunLedger();
                    ledger.Add(events[..cut]);
                    ledger.Add(events[cut..]);
                    Assert.Equal(States_of(events), Words(ledger));
                }
            );

    private static RunHistory Fold(JournalEvent[] events) =>
        events.Aggregate(RunHistory.Empty, (history, happened) => history.With(happened));

    private static string States_of(JournalEvent[] events)
    {
        var ledger = new RunLedger();
        ledger.Add(events);
        return Words(ledger);
    }

    private static string Words(RunLedger ledger) =>
        string.Join(
            ", ",
            ledger
                .Histories.OrderBy(pair => pair.Key)
                .Select(pair => $"{pair.Key}: {pair.Value.State.Word} {pair.Value.Attempt} {pair.Value.Turn}")
        );
}
