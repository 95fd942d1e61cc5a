using Expflow.Queues;
using Expflow.Submission;
using Xunit;

namespace Expflow.Tests.Submission;

/// <summary>Runs as a pool's queue has them.</summary>
public sealed class PoolBatchesTests
{
    [Fact]
    public void Few_runs_are_a_batch_each_in_the_order_in_which_they_are_to_start()
    {
        var runs = new SomeRuns().Add("vgae", 1).Add("curriculum", 2, 1).Add("vgae", 3).Add("curriculum", 4, 3);

        var batches = Cut(runs);

        Assert.Equal("0 vgae, 1 curriculum blocked, 2 vgae, 3 curriculum blocked", Shown(batches));
        Assert.All(batches, batch => Assert.Equal(1 << 30, batch.Name.Request.Memory));
    }

    [Fact]
    public void Many_runs_are_few_files()
    {
        var runs = new SomeRuns();
        for (var run = 1; run <= 1000; run++)
            runs.Add("vgae", run);

        var batches = Cut(runs);

        Assert.Equal(334, batches.Count);
        Assert.Equal(
            Enumerable.Range(1, 1000).Select(SomeRuns.Id),
            batches.SelectMany(batch => batch.Tasks).Select(task => task.Run.Id)
        );
        Assert.All(batches, batch => Assert.Equal(batch.Tasks.Count, batch.Name.Runs));
    }

    [Theory]
    [InlineData(null, 100)]
    [InlineData(700, 700)]
    public void What_the_command_line_says_beats_the_stage(int? said, int expected) =>
        Assert.Equal(expected, Cut(new SomeRuns().Add("vgae", 1), said)[0].Name.Priority);

    private static IReadOnlyList<Batch> Cut(SomeRuns runs, int? priority = null) =>
        new PoolBatches(run => run.Run.Needs.Count > 0, priority, TimeProvider.System, Random.Shared).Cut(runs.Wanted);

    private static string Shown(IEnumerable<Batch> batches) =>
        string.Join(
            ", ",
            batches
                .OrderBy(batch => batch.Name.Sequence)
                .Select(batch =>
                    $"{batch.Name.Sequence} {batch.Header.Stage}{(batch.Name.IsBlocked ? " blocked" : "")}"
                )
        );
}
