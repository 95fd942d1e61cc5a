using System.Text;
using CsCheck;
using Expflow.Journal;
using Expflow.Tracking;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Journal;

public sealed class JournalFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Noon);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_the_runs_that_are_asked_about_are_read()
    {
        using (var writer = JournalWriter.Open(folder.Path, "host", time))
            writer.Append([Started(1, 1), Started(2, 1), Ended(1, 1, AttemptOutcome.Done), Cancelled(2, 1)]);
        var ofRun = JournalNews.Of(new HashSet<Expflow.Runs.RunId> { Run(2) });
        new JournalFolder(folder.Path).ReadNew(ofRun);
        Assert.Equal([Started(2, 1), Cancelled(2, 1)], ofRun.Events);
        var ofKind = JournalNews.OfKinds("cancelled", "attempt_ended");
        new JournalFolder(folder.Path).ReadNew(ofKind);
        Assert.Equal(2, ofKind.Events.Count);
    }

    [Fact]
    public void A_journal_that_is_longer_than_one_piece_is_read_whole()
    {
        using (var writer = JournalWriter.Open(folder.Path, "host", time))
            writer.Append(Enumerable.Range(1, 30_000).Select(run => Started(run, 1)));
        var reader = new JournalFolder(folder.Path);
        Assert.Equal(30_000, reader.ReadNew().Events.Count);
        Assert.Empty(reader.ReadNew().Events);
        Assert.True(new DirectoryInfo(folder.Path).EnumerateFiles().Single().Length > 4 << 20);
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var ended = Ended(1, 1, AttemptOutcome.Failed) with
        {
            Metrics = """{"loss":{"last":0.5}}""",
            Flags = [new("not_finite", "'loss' was NaN at step 3 <\"'&\n>")],
            Output = new("a-0.out", 10, 20, 30, 40),
            Elapsed = 1.5,
            PeakMemory = 1 << 20,
            GpuMemory = 5L << 30,
            GpuUse = 87.5,
        };
        var written = new JournalEvent[]
        {
            new JournalEvent.Submitted
            {
                At = Noon,
                Submission = TheSubmission,
                Experiment = "größe",
                Runs = 3,
            },
            Started(1, 1) with
            {
                Process = "12-34-boot",
                Gpus = "0,1",
            },
            ended,
            Requeued(1, 1, 1) with
            {
                Memory = 5,
                Walltime = 2.5,
                Tries = 2,
            },
            Cancelled(2, 1),
            new JournalEvent.Noted
            {
                At = Noon,
                Experiment = "e",
                Run = Run(1),
                Tags = ["a", "b"],
                Note = "n",
            },
            new JournalEvent.AgentStarted
            {
                At = Noon,
                Host = "h",
                Process = "p",
            },
            new JournalEvent.AgentStopped { At = Noon, Reason = "all done" },
        };
        Write(written);
        var read = new JournalFolder(folder.Path).ReadNew().Events;
        Assert.Equal(written.Select(JournalText.Write), read.Select(JournalText.Write));
    }

    [Fact]
    public void A_torn_last_line_is_dropped_and_reported_and_read_once_it_is_whole()
    {
        Write(Started(1, 1));
        var file = Directory.GetFiles(folder.Path).Single();
        var line = Encoding.UTF8.GetBytes(JournalText.Write(Ended(1, 1)) + "\n");
        Append(file, line[..20]);
        var journal = new JournalFolder(folder.Path);
        var first = journal.ReadNew();
        Assert.Single(first.Events);
        Assert.Equal([Path.GetFileName(file)], first.Torn);

        Append(file, line[20..]);
        var second = journal.ReadNew();
        Assert.IsType<JournalEvent.AttemptEnded>(Assert.Single(second.Events));
        Assert.Empty(second.Torn);
    }

    [Fact]
    public void An_unknown_kind_is_counted_and_a_damaged_line_is_named_and_the_rest_is_read()
    {
        Write(Started(1, 1));
        var file = Directory.GetFiles(folder.Path).Single();
        Append(file, "{\"event\":\"teleported\",\"at\":\"2026-11-23T12:00:00Z\"}\nhalf a li{\n"u8.ToArray());
        Append(file, Encoding.UTF8.GetBytes(JournalText.Write(Ended(1, 1)) + "\n"));
        var news = new JournalFolder(folder.Path).ReadNew();
        Assert.Equal(2, news.Events.Count);
        Assert.Equal(1, news.UnknownKinds);
        Assert.StartsWith(Path.GetFileName(file) + ": byte ", Assert.Single(news.Damaged), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_named()
    {
        File.WriteAllText(folder["x.jsonl"], "{\"expflow_journal\":99}\n");
        Assert.Equal(["x.jsonl"], new JournalFolder(folder.Path).ReadNew().Newer);
    }

    [Fact]
    public void Two_writers_of_one_process_in_one_second_have_two_files()
    {
        Write(Started(1, 1));
        Write(Started(2, 1));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        Assert.Equal(2, new JournalFolder(folder.Path).ReadNew().Events.Count);
    }

    [Fact]
    public void A_writer_that_opens_after_the_clock_has_jumped_back_is_read_like_any_other()
    {
        Write(Started(1, 1), Ended(1, 1, AttemptOutcome.Again));
        time.AdjustTime(Noon.AddDays(-1));
        Write(Started(1, 2), Ended(1, 2));
        var ledger = new RunLedger();
        ledger.Add(new JournalFolder(folder.Path).ReadNew().Events);
        Assert.Equal(("done", 2), (ledger[Run(1)].State.Word, ledger[Run(1)].Attempt));
    }

    [Fact]
    public void A_journal_cut_at_any_byte_gives_a_prefix_of_its_events_and_never_a_wrong_one()
    {
        Write(Started(1, 1), Ended(1, 1), Requeued(1, 1, 1), Started(1, 2), Ended(1, 2));
        var file = Directory.GetFiles(folder.Path).Single();
        var whole = File.ReadAllBytes(file);
        var events = new JournalFolder(folder.Path).ReadNew().Events.Select(JournalText.Write).ToList();
        Gen.Int[0, whole.Length]
            .Sample(
                cut =>
                {
                    using var copy = new TemporaryFolder();
                    File.WriteAllBytes(copy["j.jsonl"], whole[..cut]);
                    var read = new JournalFolder(copy.Path).ReadNew().Events.Select(JournalText.Write).ToList();
                    Assert.Equal(events.Take(read.Count), read);
                },
                iter: 100
            );
    }

    private void Write(params JournalEvent[] events)
    {
        using var writer = JournalWriter.Open(folder.Path, "node1.cluster", time);
        foreach (var happened in events)
            writer.Append(happened);
    }

    private static void Append(string file, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Append);
        stream.Write(bytes);
    }
}
