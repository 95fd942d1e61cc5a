using Expflow.Queues;
using Xunit;

namespace Expflow.Tests.Queues;

/// <summary>Plays with a pool: three agents, of which each step lets one do something, and perhaps die of it.</summary>
internal sealed class QueueModel
{
    private const int MostSteps = 6;

    private readonly PoolOfTest pool;
    private readonly Random random;
    private readonly int runs;
    private readonly List<int> ended = [];
    private readonly List<Player> players = [];
    private int names;

    public QueueModel(PoolOfTest pool, int batches, int size, int seed)
    {
        (this.pool, random, runs) = (pool, new(seed), batches * size);
        pool.Submit(1, Enumerable.Range(0, batches).Select(one => pool.Batch([.. Enumerable.Range(one * size, size)])));
        for (var number = 0; number < 3; number++)
            players.Add(NewPlayer());
    }

    public void Play(IEnumerable<int> steps)
    {
        foreach (var step in steps)
            Do(step, players[random.Next(players.Count)]);
        // All die where they stand, and one comes that puts everything in order.
        var last = NewPlayer();
        foreach (var claim in Claim.All(pool.Pool).Where(claim => claim.Agent != last.Name))
            Reap(claim, last, dies: false);
        Assert.Equal(Enumerable.Range(0, runs), ended.Concat(pool.Standing()).Order());
    }

    private void Do(int step, Player player)
    {
        try
        {
            if (step < 4)
                Take(player);
            else if (step < 6)
                End(player);
            else if (step < 8)
                GiveBack(player);
            else if (Claim.All(pool.Pool).Where(claim => claim.Agent != player.Name).ToList() is { Count: > 0 } others)
                Reap(others[random.Next(others.Count)], player, dies: random.Next(2) == 0);
        }
        catch (ClaimFolderTests.Stopped)
        {
            // Killed: a new one takes its place, and finds its folder some day.
            players[players.IndexOf(player)] = NewPlayer();
        }
    }

    private void Take(Player player)
    {
        if (player.Taker.TryClaim(_ => true) is ClaimOutcome.Claimed(var batch))
            player.InHand.Add(batch);
        else
            Replace(player);
    }

    // What a zombie still does counts for nothing: its journal is not believed, and its paths are gone.
    private void Replace(Player player)
    {
        if (!player.Folder.IsThere)
            players[players.IndexOf(player)] = NewPlayer();
    }

    private void End(Player player)
    {
        if (!player.Folder.IsThere || player.InHand is not [var batch, ..])
            return;
        ended.Add(PoolOfTest.NumberOf(batch.Tasks[0].Run.Id));
        player.InHand[0] = batch with { Tasks = [.. batch.Tasks.Skip(1)] };
        if (batch.Tasks.Count > 1)
            return;
        player.InHand.RemoveAt(0);
        player.Folder.Delete(batch.Name);
    }

    private void GiveBack(Player player)
    {
        if (player.InHand is not [var batch, ..])
            return;
        if (random.Next(2) == 0)
            ClaimFolderTests.Stop(player.Folder, random.Next(MostSteps));
        var kept = random.Next(batch.Tasks.Count);
        var back = batch.Renamed(random, [.. batch.Tasks.Skip(kept)]);
        var rest = batch with { Tasks = [.. batch.Tasks.Take(kept)] };
        player.Folder.GiveBack([back], kept > 0 ? [rest] : [], kept > 0 ? [] : [batch.Name]);
        player.Folder.Step = _ => { };
        player.InHand.RemoveAt(0);
        if (kept > 0)
            player.InHand.Add(rest);
    }

    private void Reap(Claim claim, Player by, bool dies)
    {
        if (claim.Take(by.Folder) is not { } taken)
            return;
        if (dies)
            ClaimFolderTests.Stop(taken, random.Next(MostSteps));
        taken.GiveUp(
            taken
                .Read()
                .Select(batch =>
                    batch with
                    {
                        Tasks = [.. batch.Tasks.Where(task => !ended.Contains(PoolOfTest.NumberOf(task.Run.Id)))],
                    }
                ),
            random
        );
    }

    private Player NewPlayer()
    {
        var folder = pool.Agent($"agent{names++}");
        return new($"agent{names - 1}", folder, pool.Taker(folder, names));
    }

    private sealed record Player(string Name, ClaimFolder Folder, BatchTaker Taker)
    {
        public List<Batch> InHand { get; } = [];
    }
}
