using System.Collections.Concurrent;
using Expflow.Queues;
using Xunit;

namespace Expflow.Tests.Queues;

public sealed class BatchTakerTests : IDisposable
{
    private readonly PoolOfTest pool = new();

    public void Dispose() => pool.Dispose();

    [Fact]
    public void Sixteen_who_race_for_216_runs_get_each_once()
    {
        pool.Submit(1, Enumerable.Range(0, 216).Select(number => pool.Batch(number)));
        var taken = new ConcurrentBag<int>();
        var threads = Enumerable.Range(0, 16).Select(agent => new Thread(() => TakeAll(agent, taken))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(Enumerable.Range(0, 216), taken.Order());
        Assert.Empty(QueueContents.Of(pool.Pool).Waiting);
    }

    [Fact]
    public void A_lost_race_is_never_read_as_an_empty_queue()
    {
        pool.Submit(1, pool.Batch(1), pool.Batch(2));
        var (slow, fast) = (pool.Taker(pool.Agent("slow")), pool.Taker(pool.Agent("fast")));
        // It has listed both, and then somebody takes all that it knows of, while a third one comes.
        slow.TryClaim(_ => false);
        Assert.IsType<ClaimOutcome.Claimed>(fast.TryClaim(_ => true));
        Assert.IsType<ClaimOutcome.Claimed>(fast.TryClaim(_ => true));
        pool.Submit(2, pool.Batch(3));

        var claimed = Assert.IsType<ClaimOutcome.Claimed>(slow.TryClaim(_ => true));
        Assert.Equal([3], PoolOfTest.NumbersOf(claimed.Batch));
    }

    [Fact]
    public void Higher_priorities_go_first_then_what_came_back_then_as_they_were_submitted()
    {
        var (late, urgent, early, back) = (pool.Batch(1), pool.Batch(2), pool.Batch(3), pool.Batch(4));
        pool.Submit(2, late);
        pool.Submit(1, urgent with { Name = urgent.Name with { Priority = 500 } }, early);
        QueueDrafts.Add(pool.Pool, back);
        var taker = pool.Taker(pool.Agent("a"));
        Assert.Equal([2, 4, 3, 1], Enumerable.Range(0, 4).Select(_ => Next(taker)));
        Assert.IsType<ClaimOutcome.Nothing>(taker.TryClaim(_ => true));
    }

    [Fact]
    public void What_will_not_do_is_left_for_others_and_counted()
    {
        pool.Submit(1, pool.Batch(1), pool.Batch(2));
        var outcome = pool.Taker(pool.Agent("a")).TryClaim(name => name.Sequence > 7);
        Assert.Equal(new ClaimOutcome.Nothing(2), outcome);
    }

    [Fact]
    public void Who_has_lost_their_folder_takes_nothing_any_more()
    {
        pool.Submit(1, pool.Batch(1));
        var zombie = pool.Agent("zombie");
        var taker = pool.Taker(zombie);
        Claim.All(pool.Pool).Single().Take(pool.Agent("reaper"));
        Assert.IsType<ClaimOutcome.Superseded>(taker.TryClaim(_ => true));
        Assert.Single(QueueContents.Of(pool.Pool).Waiting);
        Assert.False(zombie.Beat());
    }

    [Fact]
    public void The_folder_of_a_submission_goes_away_with_its_last_batch()
    {
        pool.Submit(1, pool.Batch(1));
        var taker = pool.Taker(pool.Agent("a"));
        Next(taker);
        taker.TryClaim(_ => true);
        Assert.Equal([pool.Pool.Returned], Directory.GetDirectories(pool.Pool.Queue));
    }

    private void TakeAll(int agent, ConcurrentBag<int> taken)
    {
        var taker = pool.Taker(pool.Agent($"agent{agent}"), agent);
        while (taker.TryClaim(_ => true) is ClaimOutcome.Claimed(var batch))
            foreach (var number in PoolOfTest.NumbersOf(batch))
                taken.Add(number);
    }

    private static int Next(BatchTaker taker) =>
        PoolOfTest.NumbersOf(((ClaimOutcome.Claimed)taker.TryClaim(_ => true)).Batch).Single();
}
