using CsCheck;
using Expflow.Queues;
using Expflow.Runs;
using Xunit;

namespace Expflow.Tests.Queues;

public sealed class ClaimFolderTests : IDisposable
{
    private readonly PoolOfTest pool = new();

    public void Dispose() => pool.Dispose();

    [Fact]
    public void Runs_that_are_given_back_leave_their_batch()
    {
        var (own, batch) = Taken(1, 2, 3, 4);
        Assert.True(GiveBack(own, batch, 3));
        Assert.Equal([1, 2, 3], PoolOfTest.NumbersOf(own.Read().Single()));
        Assert.Equal([4], PoolOfTest.NumbersOf(Next(pool.Agent("other"))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Wherever_giving_back_is_cut_off_nothing_is_lost_or_doubled(int steps)
    {
        var (own, batch) = Taken(1, 2, 3, 4);
        Stop(own, after: steps);
        try
        {
            GiveBack(own, batch, 2);
        }
        catch (Stopped) { }
        Reap("agent", "reaper", new HashSet<int>());
        Assert.Equal([1, 2, 3, 4], pool.Standing().Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Wherever_a_reaper_dies_the_next_one_goes_on(int steps)
    {
        Taken(1, 2, 3, 4);
        try
        {
            Reap("agent", "reaper", new HashSet<int> { 2 }, steps);
        }
        catch (Stopped) { }
        Reap("agent", "another", new HashSet<int> { 2 });
        Assert.Equal([1, 3, 4], pool.Standing().Order());
    }

    [Fact]
    public void Only_one_of_many_takes_the_folder_of_a_dead_agent()
    {
        Taken(1);
        var claim = Claim.All(pool.Pool).Single(claim => claim.Agent == "agent");
        var reapers = Enumerable.Range(0, 8).Select(number => pool.Agent($"reaper{number}")).ToList();
        Assert.Single(reapers.AsParallel().Select(claim.Take).Where(taken => taken is not null));
    }

    [Fact]
    public void A_submission_is_invisible_until_it_is_published_and_published_once()
    {
        QueueDrafts.Write(pool.Pool, PoolOfTest.Submission(1), [pool.Batch(1)]);
        Assert.Empty(QueueContents.Of(pool.Pool).Waiting);
        Assert.Equal([PoolOfTest.Submission(1)], QueueDrafts.Open(pool.Pool));
        Assert.Equal([RunId.FromBits(1)], QueueContents.RunsIn(pool.Pool));
        QueueDrafts.Publish(pool.Pool, PoolOfTest.Submission(1));
        QueueDrafts.Publish(pool.Pool, PoolOfTest.Submission(1));
        Assert.Equal(1, QueueContents.Of(pool.Pool).Ready);
    }

    [Fact]
    public void Who_has_lost_their_folder_gives_nothing_back()
    {
        var (zombie, batch) = Taken(1, 2);
        Reap("agent", "reaper", new HashSet<int>());
        Assert.False(GiveBack(zombie, batch, 1));
        Assert.Equal([1, 2], pool.Standing().Order());
    }

    // Agents that take, end and give back runs, and die between any two steps of it; whoever finds one dead puts it in order, and may die of that as well.
    [Fact]
    public void Whatever_dies_when_each_run_ends_once_or_stands_once() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 3], Gen.Int[0, 1_000_000], Gen.Int[0, 9].Array[1, 40])
            .Sample(
                (batches, size, seed, steps) =>
                {
                    using var some = new PoolOfTest();
                    new QueueModel(some, batches, size, seed).Play(steps);
                },
                iter: 60
            );

    private (ClaimFolder Own, Batch Batch) Taken(params int[] runs)
    {
        pool.Submit(1, pool.Batch(runs));
        var own = pool.Agent("agent");
        return (own, Next(own));
    }

    private Batch Next(ClaimFolder agent) => ((ClaimOutcome.Claimed)pool.Taker(agent).TryClaim(_ => true)).Batch;

    private static bool GiveBack(ClaimFolder own, Batch batch, int kept) =>
        own.GiveBack(
            [batch.Renamed(new(1), [.. batch.Tasks.Skip(kept)])],
            [batch with { Tasks = [.. batch.Tasks.Take(kept)] }],
            []
        );

    private void Reap(string agent, string reaper, HashSet<int> ended, int? dies = null)
    {
        var claim = Claim.All(pool.Pool).FirstOrDefault(claim => claim.Agent == agent);
        if (claim?.Take(pool.Agent(reaper)) is not { } taken)
            return;
        if (dies is { } steps)
            Stop(taken, steps);
        var left = taken
            .Read()
            .Select(batch =>
                batch with
                {
                    Tasks = [.. batch.Tasks.Where(task => !ended.Contains(PoolOfTest.NumberOf(task.Run.Id)))],
                }
            );
        taken.GiveUp(left, new(2));
    }

    internal static void Stop(ClaimFolder folder, int after) =>
        folder.Step = _ =>
        {
            if (after-- == 0)
                throw new Stopped();
        };

    internal sealed class Stopped : Exception;
}
