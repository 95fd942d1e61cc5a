using System.Collections.ObjectModel;
using Expflow.Runs;

namespace Expflow.Journal;

/// <summary>One thing that happened, as one line of a journal file says it.</summary>
/// <remarks>
/// The cases: <see cref="Submitted"/>, <see cref="AttemptStarted"/>, <see cref="AttemptEnded"/>, <see cref="Requeued"/>,
/// <see cref="Cancelled"/>, <see cref="Held"/>, <see cref="Noted"/>, <see cref="AgentStarted"/>, <see cref="AgentStopped"/>, and of job arrays <see cref="ArrayIntended"/>,
/// <see cref="ArraySubmitted"/>, <see cref="ArrayReleased"/>, <see cref="ArrayDropped"/>. A kind that this version doesn't know is counted by
/// the reader and kept in the file.
/// </remarks>
public abstract partial record JournalEvent
{
    private JournalEvent() { }

    /// <summary>When the writer's clock said it happened. For people: no order is ever taken from it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A submission whose manifest stands complete on disk.</summary>
    public sealed record Submitted : JournalEvent
    {
        /// <summary>The submission; its manifest is the file of this name.</summary>
        public required SubmissionId Submission { get; init; }

        /// <summary>The experiment's name.</summary>
        public required string Experiment { get; init; }

        /// <summary>How many runs the manifest names.</summary>
        public required int Runs { get; init; }

        /// <summary>What brings its runs to an end.</summary>
        public Executor Executor { get; init; }

        /// <summary>The pool into whose queue its runs go; null when the executor is none.</summary>
        public PoolName? Pool { get; init; }
    }

    /// <summary>An attempt of a run has been started, or is about to be.</summary>
    public sealed record AttemptStarted : JournalEvent
    {
        /// <summary>The run.</summary>
        public required RunId Run { get; init; }

        /// <summary>1, 2, …</summary>
        public required int Attempt { get; init; }

        /// <summary>What only the owner of this attempt knows; its end must carry the same.</summary>
        public required string Token { get; init; }

        /// <summary>The submission that the attempt was made for.</summary>
        public required SubmissionId Submission { get; init; }

        /// <summary>The machine it runs on.</summary>
        public required string Host { get; init; }

        /// <summary>The process, as <c>ProcessIdentity</c> writes it; null while it is only about to be started.</summary>
        public string? Process { get; init; }

        /// <summary>The GPUs given to it, as <c>CUDA_VISIBLE_DEVICES</c> has them.</summary>
        public string? Gpus { get; init; }

        /// <summary>The Slurm job that it runs in, as Slurm writes it: <c>123_4</c>; null when it runs in none.</summary>
        public string? Job { get; init; }

        /// <summary>How often Slurm had requeued that job before.</summary>
        public int Restarts { get; init; }

        /// <summary>A JSON object with what is known of the machine: partition, GPU types, modules; null when nothing was recorded.</summary>
        public string? Machine { get; init; }
    }

    /// <summary>An attempt is over.</summary>
    public sealed record AttemptEnded : JournalEvent
    {
        /// <summary>The run.</summary>
        public required RunId Run { get; init; }

        /// <summary>1, 2, …</summary>
        public required int Attempt { get; init; }

        /// <summary>The token of the start that this is the end of.</summary>
        public required string Token { get; init; }

        /// <summary>How it ended.</summary>
        public required AttemptOutcome Outcome { get; init; }

        /// <summary>The cause, one word, when it did not end well: <see cref="Diagnosis.Cause"/>.</summary>
        public string? Cause { get; init; }

        /// <summary>The cause in a sentence: <see cref="Diagnosis.Words"/>.</summary>
        public string? Reason { get; init; }

        /// <summary>The command's exit code, when it ended by itself.</summary>
        public int? ExitCode { get; init; }

        /// <summary>Wall time in seconds; null when nobody saw the end.</summary>
        public double? Elapsed { get; init; }

        /// <summary>User and system time of the process tree in seconds.</summary>
        public double? CpuSeconds { get; init; }

        /// <summary>The most memory that the process tree held, in bytes.</summary>
        public long? PeakMemory { get; init; }

        /// <summary>The most memory that its GPUs were seen to hold together, in bytes; null when nobody looked.</summary>
        public long? GpuMemory { get; init; }

        /// <summary>How busy its GPUs were, in percent, the mean over GPUs and time; null when nobody looked.</summary>
        public double? GpuUse { get; init; }

        /// <summary>A JSON object: metric name → summary.</summary>
        public string? Metrics { get; init; }

        /// <summary>What is wrong with a run that ended well: failed checks, missing or non-finite metrics.</summary>
        public IReadOnlyList<RunFlag> Flags { get; init; } = [];

        /// <summary>Where a packed run's output stands.</summary>
        public OutputSegment? Output { get; init; }
    }

    /// <summary>A run that had ended is to be run again.</summary>
    public sealed record Requeued : JournalEvent
    {
        /// <summary>The run.</summary>
        public required RunId Run { get; init; }

        /// <summary>One more than the run's last turn: the highest turn of a run holds, whatever the clocks say.</summary>
        public required int Turn { get; init; }

        /// <summary>The attempt that this order follows: an end of a later attempt outranks it.</summary>
        public required int After { get; init; }

        /// <summary>Why, in words.</summary>
        public required string Reason { get; init; }

        /// <summary>Memory asked for from now on, in bytes, when recovery changed it.</summary>
        public long? Memory { get; init; }

        /// <summary>CPU cores from now on, when recovery changed them: a site may give more memory only with more cores.</summary>
        public int? Cpus { get; init; }

        /// <summary>Walltime from now on, in seconds, when recovery changed it.</summary>
        public double? Walltime { get; init; }

        /// <summary>How many tries the retry policy has made of it; 0 when the user asked for it, and so the count begins again.</summary>
        public int Tries { get; init; }

        /// <summary>The cause that it is tried again for; null when the user asked for it.</summary>
        public string? Cause { get; init; }

        /// <summary>How <see cref="Tries"/> divide among causes, this one included: each has its own limit.</summary>
        public IReadOnlyDictionary<string, int> TriesByCause { get; init; } = ReadOnlyDictionary<string, int>.Empty;

        /// <summary>Nodes that it must not run on again.</summary>
        public IReadOnlyList<string> Exclude { get; init; } = [];

        /// <summary>How many of the <see cref="Tries"/> were made after this cause. A journal that doesn't tell causes apart counts all for each.</summary>
        public int TriesAfter(string cause) => TriesByCause.Count == 0 ? Tries : TriesByCause.GetValueOrDefault(cause);
    }

    /// <summary>A run is not to be run any more, on the user's word.</summary>
    public sealed record Cancelled : JournalEvent
    {
        /// <summary>The run.</summary>
        public required RunId Run { get; init; }

        /// <summary>As <see cref="Requeued.Turn"/>.</summary>
        public required int Turn { get; init; }
    }

    /// <summary>Recovery holds the rest of a stage back, since its first runs died alike.</summary>
    public sealed record Held : JournalEvent
    {
        /// <summary>The experiment.</summary>
        public required string Experiment { get; init; }

        /// <summary>The stage.</summary>
        public required string Stage { get; init; }

        /// <summary>What its runs died of, in words.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>Tags and a note that somebody gave to an experiment or to one of its runs.</summary>
    public sealed record Noted : JournalEvent
    {
        /// <summary>The experiment.</summary>
        public required string Experiment { get; init; }

        /// <summary>The run, or null for the whole experiment.</summary>
        public RunId? Run { get; init; }

        /// <summary>Tags to add.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];

        /// <summary>The note, or null.</summary>
        public string? Note { get; init; }
    }

    /// <summary>A local agent took the project's runs over.</summary>
    public sealed record AgentStarted : JournalEvent
    {
        /// <summary>Where.</summary>
        public required string Host { get; init; }

        /// <summary>Its process identity.</summary>
        public required string Process { get; init; }
    }

    /// <summary>A local agent ended in good order.</summary>
    public sealed record AgentStopped : JournalEvent
    {
        /// <summary>The reason of an agent that was one task of a Slurm array: nothing will ever be appended to its file.</summary>
        public const string TaskOver = "task_over";

        /// <summary>Why: everything done, asked to, …</summary>
        public required string Reason { get; init; }
    }
}
