using Expflow.Retries;
using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>What recovery does about one run that isn't getting on by itself. Exactly one of the nested cases.</summary>
public abstract record RecoveryDecision
{
    private RecoveryDecision() { }

    /// <summary>The run.</summary>
    public required RecoveryRun Run { get; init; }

    /// <summary>The decision in a word, as JSON has it.</summary>
    public abstract string Word { get; }

    /// <summary>Why, and with what changed, as a screen says it.</summary>
    public abstract string Words { get; }

    /// <summary>True when the run is submitted anew.</summary>
    public bool GoesOut => this is Again or Send or Follow;

    /// <summary>It failed and is tried again.</summary>
    /// <param name="Cause">What it failed of.</param>
    /// <param name="Answer">With what it is tried again.</param>
    public sealed record Again(string Cause, RetryAnswer.Again Answer) : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "again";

        /// <inheritdoc/>
        public override string Words => Answer.Words;
    }

    /// <summary>It is to be run and is nowhere to be started: its job never went out, or is gone.</summary>
    public sealed record Send : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "send";

        /// <inheritdoc/>
        public override string Words =>
            Run.Place == QueuePlace.Stuck
                ? "what it waits for in the queue is gone; what it needs is not"
                : "it is in no queue";
    }

    /// <summary>It waits for a run that goes out anew, and goes out with it.</summary>
    /// <param name="Upstream">That run.</param>
    public sealed record Follow(TrackedRun Upstream) : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "follow";

        /// <inheritdoc/>
        public override string Words => $"goes out again behind {Upstream.Run.Stage} {Upstream.Run.Id.Brief}";
    }

    /// <summary>It was held in the queue and is let go.</summary>
    public sealed record Release : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "release";

        /// <inheritdoc/>
        public override string Words => "was held, and may start now";
    }

    /// <summary>It can't start, since a run that it needs stays as it is.</summary>
    /// <param name="Upstream">The run at the root of the trouble.</param>
    /// <param name="Why">What is wrong with that run.</param>
    public sealed record Blocked(TrackedRun Upstream, string Why) : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "blocked";

        /// <inheritdoc/>
        public override string Words => $"needs {Upstream.Run.Stage} {Upstream.Run.Id.Brief}: {Why}";
    }

    /// <summary>Its stage is held, since the first runs of it died alike.</summary>
    /// <param name="Why">What they died of, and how to go on.</param>
    public sealed record Hold(string Why) : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "hold";

        /// <inheritdoc/>
        public override string Words => Why;
    }

    /// <summary>It stays as it is.</summary>
    /// <param name="Reason">What it failed of; null when it was never to go on.</param>
    /// <param name="Why">Why it stays, and what could be done.</param>
    public sealed record Leave(string? Reason, string Why) : RecoveryDecision
    {
        /// <inheritdoc/>
        public override string Word => "leave";

        /// <inheritdoc/>
        public override string Words => Reason is null ? Why : $"{Reason}; {Why}";
    }
}
