using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tests.Advice;

/// <summary>
/// A project whose manifest and journal record runs of a known law: memory is 100M + 8M a unit of width + 1M a seed, time is 60 s + 30 s an epoch + 1 s a seed,
/// and one and a half of eight cores are busy.
/// </summary>
internal static class RecordedHistory
{
    public const string File = """
        experiment: law
        snapshot: off
        # what everybody asks for
        resources: {cpus: 8, memory: 4G, walltime: 8h}   # a guess
        sweep: {grid: {width: [64, 128, 256, 512], epochs: [10, 40], seed: 0..4}}
        command: train {width} {epochs} {seed}
        """;

    private const long MiB = 1L << 20;

    public static long Memory(double width, double seed) => (long)(100 + (8 * width) + seed) * MiB;

    public static double Seconds(double epochs, double seed) => 60 + (30 * epochs) + seed;

    /// <summary>Every run was done, those of width 512 after they had run out of memory at 4G and were given 8G.</summary>
    /// <param name="project">The project.</param>
    /// <param name="yaml">The experiment.</param>
    /// <param name="skip">Runs that never began.</param>
    /// <param name="stuck">Runs that ran out of memory and were not tried again.</param>
    public static StoredProject.Submission In(
        StoredProject project,
        string yaml = File,
        Func<double, double, double, bool>? skip = null,
        Func<double, double, double, bool>? stuck = null
    )
    {
        var submission = project.Submit(yaml);
        for (var run = 0; run < submission.Runs.Count; run++)
        {
            var (width, epochs, seed) = (
                submission.Value(run, "width"),
                submission.Value(run, "epochs"),
                submission.Value(run, "seed")
            );
            if (skip?.Invoke(width, epochs, seed) is true)
                continue;
            var id = submission.Runs[run].Id;
            var isLarge = Memory(width, seed) > 4L << 30;
            if (isLarge)
                project.Append(Started(submission, id, 1), OutOfMemory(id));
            if (isLarge && stuck?.Invoke(width, epochs, seed) is true)
                continue;
            if (isLarge)
                project.Append(MoreMemory(id));
            var attempt = isLarge ? 2 : 1;
            project.Append(
                Started(submission, id, attempt),
                Done(id, attempt) with
                {
                    Elapsed = Seconds(epochs, seed),
                    CpuSeconds = 1.5 * Seconds(epochs, seed),
                    PeakMemory = Memory(width, seed),
                }
            );
        }
        return submission;
    }

    public static JournalEvent.AttemptStarted Started(
        StoredProject.Submission submission,
        RunId run,
        int attempt,
        string? machine = null
    ) =>
        new()
        {
            At = Journal.JournalEvents.Noon,
            Run = run,
            Attempt = attempt,
            Token = "a",
            Submission = submission.Id,
            Host = "node1",
            Machine = machine,
        };

    public static JournalEvent.AttemptEnded Done(RunId run, int attempt = 1) =>
        new()
        {
            At = Journal.JournalEvents.Noon,
            Run = run,
            Attempt = attempt,
            Token = "a",
            Outcome = AttemptOutcome.Done,
            ExitCode = 0,
        };

    private static JournalEvent.AttemptEnded OutOfMemory(RunId run) =>
        Done(run) with
        {
            Outcome = AttemptOutcome.Failed,
            Cause = "out_of_memory",
            Reason = "out of memory: asked for 4G, used 4080M",
            ExitCode = 137,
            Elapsed = 30,
            CpuSeconds = 30,
            PeakMemory = 4080 * MiB,
        };

    private static JournalEvent.Requeued MoreMemory(RunId run) =>
        new()
        {
            At = Journal.JournalEvents.Noon,
            Run = run,
            Turn = 1,
            After = 1,
            Tries = 1,
            Cause = "out_of_memory",
            Memory = 8L << 30,
            Reason = "try 2 of 3 after: out of memory, with 8G of memory",
        };
}
