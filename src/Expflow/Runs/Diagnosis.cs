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

    /// <summary>The command ended with a code of its own that is not 0.</summary>
    public sealed record BadExit(int Code) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "failed";

        /// <inheritdoc/>
        public override string Words => Code == 127 ? "exit 127: command not found" : $"exit {Code}";
    }

    /// <summary>The command was ended by a signal that Expflow did not send.</summary>
    public sealed record Signalled(int Signal) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "signalled";

        /// <inheritdoc/>
        public override string Words => $"ended by signal {Signal}{SignalName(Signal)}";

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
    public sealed record OutOfMemory(MemorySize? Asked, MemorySize? Peak) : Diagnosis
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
            };
    }

    /// <summary>Reached its walltime.</summary>
    public sealed record TimedOut(Walltime Limit) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Cause => "timed_out";

        /// <inheritdoc/>
        public override string Words => $"reached its walltime of {Limit}";
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
}
