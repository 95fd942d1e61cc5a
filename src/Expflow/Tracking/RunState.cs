using Expflow.Journal;

namespace Expflow.Tracking;

/// <summary>Where a run stands.</summary>
/// <remarks>The cases: <see cref="Pending"/>, <see cref="Running"/>, <see cref="Done"/>, <see cref="Failed"/>, <see cref="Cancelled"/>.</remarks>
public abstract record RunState
{
    private RunState() { }

    /// <summary>The word that screens, JSON and filters use.</summary>
    public abstract string Word { get; }

    /// <summary>Submitted, not started; or to be started again.</summary>
    public sealed record Pending : RunState
    {
        /// <inheritdoc/>
        public override string Word => "pending";
    }

    /// <summary>Started, its end not yet seen. Whether its agent still lives is for others to find out.</summary>
    public sealed record Running(JournalEvent.AttemptStarted Attempt) : RunState
    {
        /// <inheritdoc/>
        public override string Word => "running";
    }

    /// <summary>Ended well. Its flags may still make it a hole.</summary>
    public sealed record Done(JournalEvent.AttemptEnded Attempt) : RunState
    {
        /// <inheritdoc/>
        public override string Word => "done";
    }

    /// <summary>Ended otherwise, and nothing will be tried again by itself.</summary>
    public sealed record Failed(JournalEvent.AttemptEnded Attempt) : RunState
    {
        /// <inheritdoc/>
        public override string Word => "failed";
    }

    /// <summary>Not to be run, on the user's word.</summary>
    public sealed record Cancelled : RunState
    {
        /// <inheritdoc/>
        public override string Word => "cancelled";
    }
}
