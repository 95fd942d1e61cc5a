using Expflow.Slurm;

namespace Expflow.Runs;

/// <summary>Why an attempt ended without success, as far as its own ending can tell.</summary>
/// <remarks>Exactly one of the nested cases. <see cref="Lost"/> is honest: nobody saw the end.</remarks>
public abstract record Diagnosis
{
    private Diagnosis() { }

    /// <summary>The word that stands in journals, JSON and retry policies.</summary>
    public abstract string Cause { get; }

    /// <summary>What happened, as a screen says it.</summary>
    public abstract string Words { get; }

    private static string After(string? said) => said is null ? "" : $": {said}";

    /// <summary>The command ended with a code of its own that is not 0.</summary>
    /// <param name="Code">The code.</param>
    /// <param name="Said">The line of its log that tells why, when one does.</param>
    public sealed record BadExit(int Code, string? Said = null) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "failed";

        /// <inheritdoc/>
        public override string Words =>
            $"exit {Code}{After(Said ?? (Code == CommandNotFound ? "command not found" : null))}";

        private const int CommandNotFound = 127;
    }

    /// <summary>The command was ended by a signal that Expflow did not send.</summary>
    /// <param name="Signal">The signal.</param>
    /// <param name="Said">The line of its log that tells why, when one does.</param>
    public sealed record Signalled(int Signal, string? Said = null) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "signalled";

        /// <inheritdoc/>
        public override string Words => $"ended by signal {Signal}{SignalName(Signal)}{After(Said)}";

        private static string SignalName(int signal) =>
            signal switch
            {
                2 => " (interrupt)",
                4 => " (illegal instruction)",
                6 => " (abort)",
                7 => " (bus error)",
                8 => " (arithmetic error)",
                9 => " (killed; the machine may have run out of memory)",
                11 => " (segmentation fault)",
                15 => " (terminated)",
                _ => "",
            };
    }

    /// <summary>Used more memory than it asked for, or was killed by the kernel for memory.</summary>
    /// <param name="Asked">What it asked for.</param>
    /// <param name="Peak">The most that it was seen to hold.</param>
    /// <param name="Said">The line of its log that tells of it, when one does.</param>
    public sealed record OutOfMemory(MemorySize? Asked, MemorySize? Peak, string? Said = null) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "out_of_memory";

        /// <inheritdoc/>
        public override string Words =>
            (Asked, Peak) switch
            {
                ({ } asked, { } peak) => $"out of memory: asked for {asked}, used {peak.Mebibytes}M",
                ({ } asked, null) => $"out of memory: asked for {asked}",
                _ => "out of memory",
            } + After(Said);
    }

    /// <summary>Needed more memory of a GPU than it has or than others had left.</summary>
    public sealed record GpuOutOfMemory(string? Said) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "gpu_out_of_memory";

        /// <inheritdoc/>
        public override string Words => $"out of GPU memory{After(Said)}";
    }

    /// <summary>The GPU, its driver or the way to other GPUs did not work.</summary>
    public sealed record GpuFailed(string? Said) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "gpu_failed";

        /// <inheritdoc/>
        public override string Words => $"the GPU did not work{After(Said)}";
    }

    /// <summary>No space or no quota was left to write to.</summary>
    public sealed record DiskFull(string? Said) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "disk_full";

        /// <inheritdoc/>
        public override string Words => $"no room on the disk{After(Said)}";
    }

    /// <summary>A program, a module or a library that it needs isn't there: no further try finds it.</summary>
    public sealed record MissingCode(string Said) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "missing_code";

        /// <inheritdoc/>
        public override string Words => $"something that it needs isn't installed: {Said}";
    }

    /// <summary>The program ended itself since a value was NaN or infinite.</summary>
    public sealed record NotFinite(string? Said) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "not_finite";

        /// <inheritdoc/>
        public override string Words => $"a value was NaN or infinite{After(Said)}";
    }

    /// <summary>Reached its walltime.</summary>
    /// <param name="Limit">The walltime; null when nobody knows it.</param>
    public sealed record TimedOut(Walltime? Limit) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "timed_out";

        /// <inheritdoc/>
        public override string Words =>
            Limit is { } limit ? $"reached its walltime of {limit}" : "reached its walltime";
    }

    /// <summary>Neither its output nor its metrics nor its checkpoints changed for longer than its stage allows.</summary>
    /// <param name="Limit">How long that is.</param>
    public sealed record Hung(Walltime Limit) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "hung";

        /// <inheritdoc/>
        public override string Words => $"hung: no output, metric or checkpoint for {Limit}";
    }

    /// <summary>Exit code 0, but declared outputs are missing or empty.</summary>
    public sealed record MissingOutputs(IReadOnlyList<string> Names) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "missing_outputs";

        /// <inheritdoc/>
        public override string Words =>
            $"exit 0, but without its declared output{(Names.Count == 1 ? "" : "s")} {string.Join(", ", Names.Select(name => $"'{name}'"))}";
    }

    /// <summary>A check of the file with <c>on_fail: end</c> did not hold.</summary>
    public sealed record CheckFailed(string Violation) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "check_failed";

        /// <inheritdoc/>
        public override string Words => $"check failed: {Violation}";
    }

    /// <summary>The command could not be started at all.</summary>
    public sealed record NotStarted(string Reason) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "not_started";

        /// <inheritdoc/>
        public override string Words => $"could not be started: {Reason}";
    }

    /// <summary>Exit 75 (run me again) more often than the limit allows.</summary>
    public sealed record AskedTooOften(int Times) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "asked_too_often";

        /// <inheritdoc/>
        public override string Words => $"asked {Times} times to be run again without a new checkpoint";
    }

    /// <summary>Slurm started it again and again, and it never came to save anything.</summary>
    public sealed record RestartedTooOften(int Times) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "restarted_too_often";

        /// <inheritdoc/>
        public override string Words => $"Slurm started it {Times} times without a new checkpoint";
    }

    /// <summary>The command has ended, but its own files can't be read any more, so nobody can say how well.</summary>
    public sealed record Unreadable(string Reason) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "unreadable";

        /// <inheritdoc/>
        public override string Words => $"its files can't be read: {Reason}";
    }

    /// <summary>The agent died and nobody saw how the command ended.</summary>
    public sealed record Lost : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "lost";

        /// <inheritdoc/>
        public override string Words => "the agent died before the end was seen";
    }

    /// <summary>Ended on the user's word.</summary>
    public sealed record Cancelled : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "cancelled";

        /// <inheritdoc/>
        public override string Words => "cancelled";
    }

    /// <summary>The job was cancelled with Slurm's own means.</summary>
    /// <param name="Who">Who did it: a name, or <c>uid 0</c>; null when Slurm doesn't say.</param>
    /// <param name="IsOwner">True when it was the user whose job it is.</param>
    public sealed record CancelledBy(string? Who, bool IsOwner) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => IsOwner ? "cancelled" : "cancelled_by_admin";

        /// <inheritdoc/>
        public override string Words =>
            IsOwner ? "cancelled with scancel"
            : Who is null ? "cancelled by the site"
            : $"cancelled by {Who}, who is not its owner";
    }

    /// <summary>The node that it ran on failed.</summary>
    /// <param name="Node">The node; null when Slurm doesn't say.</param>
    public sealed record NodeFailed(string? Node) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "node_failed";

        /// <inheritdoc/>
        public override string Words => Node is null ? "its node failed" : $"node {Node} failed";
    }

    /// <summary>Slurm took its resources for a job of higher priority.</summary>
    public sealed record Preempted : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "preempted";

        /// <inheritdoc/>
        public override string Words => "preempted by another job";
    }

    /// <summary>Slurm accepted the job and could not start it: its log could not be opened, the prolog failed, no node can ever take it.</summary>
    /// <param name="Reason">What Slurm says.</param>
    public sealed record NeverStarted(string Reason) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "never_started";

        /// <inheritdoc/>
        public override string Words => $"Slurm could not start it: {Reason}";
    }

    /// <summary>It waits for a run that will not be done.</summary>
    /// <param name="Upstream">The run that it waits for, as screens name it.</param>
    /// <param name="Why">What became of that run; null when nobody knows.</param>
    public sealed record DependencyNeverMet(string Upstream, string? Why) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "dependency";

        /// <inheritdoc/>
        public override string Words => $"needs {Upstream}, which was never done{After(Why)}";
    }

    /// <summary>It is over, and no witness says how.</summary>
    /// <param name="Seen">What was seen of it, a Slurm state that this version doesn't know, for example.</param>
    public sealed record Unknown(string Seen) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "unknown";

        /// <inheritdoc/>
        public override string Words => $"nobody knows how it ended: {Seen}";
    }
}
