using Expflow.Journal;
using Expflow.Tracking;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Journal;

public sealed class JournalCollectorTests : IDisposable
{
    private const int Tasks = JournalCollector.Most + 1;

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Noon);

    private JournalCollector Collector => new(folder.Path, "login1", time);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_of_ended_tasks_become_one_and_the_journal_says_the_same()
    {
        EndTasks(1, Tasks);
        Assert.True(Collector.IsDue());
        Assert.Equal(Tasks, Collector.Collect());
        Assert.Single(Files());
        Assert.Equal(Tasks, DoneRuns());
    }

    [Fact]
    public void Few_files_are_left_alone()
    {
        EndTasks(1, JournalCollector.Most);
        Assert.False(Collector.IsDue());
        Assert.Equal(0, Collector.Collect());
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "{\"event\":\"attempt_end")]
    public void A_file_that_its_task_may_still_write_is_left_alone(bool isOver, string torn)
    {
        EndTasks(1, Tasks);
        var open = Write(Started(999, 1), isOver);
        File.AppendAllText(open, torn);
        Assert.Equal(Tasks, Collector.Collect());
        Assert.Equal(2, Files().Length);
        Assert.True(File.Exists(open));
    }

    [Fact]
    public void Whoever_has_read_the_files_before_is_told_nothing_twice()
    {
        EndTasks(1, Tasks);
        var journal = new JournalFolder(folder.Path);
        journal.ReadNew();
        Collector.Collect();
        Assert.False(journal.HasShrunk());
        Assert.Empty(journal.ReadNew().Events);
        Assert.Equal(Tasks, journal.ForgetGone().Count);
        Assert.False(journal.HasShrunk());
    }

    [Fact]
    public void A_file_that_is_gone_for_another_reason_still_means_that_all_is_read_anew()
    {
        EndTasks(1, Tasks);
        var other = Write(Started(999, 1), isOver: false);
        var journal = new JournalFolder(folder.Path);
        journal.ReadNew();
        Collector.Collect();
        File.Delete(other);
        Assert.True(journal.HasShrunk());
    }

    [Fact]
    public void What_a_collector_left_that_was_killed_while_it_wrote_is_done_anew()
    {
        EndTasks(1, Tasks);
        File.WriteAllText(folder["x-collected.jsonl.draft"], "{\"expflow_journal\":1}\n{\"event\":");
        Assert.Equal(Tasks, Collector.Collect());
        Assert.Single(Files());
        Assert.Equal(Tasks, DoneRuns());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Tasks - 1)]
    public void A_collector_that_was_killed_while_it_deleted_has_lost_nothing(int deleted)
    {
        EndTasks(1, Tasks);
        var before = Files().ToDictionary(path => path, File.ReadAllBytes);
        Collector.Collect();
        foreach (var (path, bytes) in before.Skip(deleted))
            File.WriteAllBytes(path, bytes);
        Assert.Equal(Tasks, DoneRuns());
        EndTasks(1000, 1000 + Tasks);
        Collector.Collect();
        Assert.Equal(2 * Tasks + 1, DoneRuns());
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Collected_files_are_collected_in_their_turn()
    {
        var journal = new JournalFolder(folder.Path);
        for (var round = 0; round < 20; round++)
        {
            EndTasks(round * 100, round * 100 + JournalCollector.Most);
            journal.ReadNew();
            Collector.Collect();
            Assert.False(journal.HasShrunk());
            Assert.Empty(journal.ReadNew().Events);
            journal.ForgetGone();
        }
        Assert.InRange(Files().Length, 1, 16);
        Assert.Equal(20 * Tasks, DoneRuns());
    }

    private void EndTasks(int from, int to)
    {
        for (var run = from; run <= to; run++)
            Write(Ended(run, 1), isOver: true);
    }

    private string Write(JournalEvent happened, bool isOver)
    {
        using var writer = JournalWriter.Open(folder.Path, "node1", time, JournalWriter.Task);
        writer.Append(happened);
        if (isOver)
            writer.Append(new JournalEvent.AgentStopped { At = Noon, Reason = JournalEvent.AgentStopped.TaskOver });
        return Path.Combine(folder.Path, writer.Name + JournalFolder.Ending);
    }

    private string[] Files() => Directory.GetFiles(folder.Path);

    private int DoneRuns()
    {
        var ledger = new RunLedger();
        ledger.Add(new JournalFolder(folder.Path).ReadNew().Events);
        return ledger.Histories.Values.Count(history => history.State is RunState.Done);
    }
}
