using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>What the journal says of one job array, whatever the order in which it is read.</summary>
public sealed record ArrayHistory
{
    /// <summary>An array of which nothing has been heard yet.</summary>
    public static ArrayHistory Empty { get; } = new();

    /// <summary>What it is.</summary>
    public JournalEvent.ArrayIntended? Intended { get; init; }

    /// <summary>The job that Slurm made of it; null as long as nobody knows of one.</summary>
    public JournalEvent.ArraySubmitted? Submitted { get; init; }

    /// <summary>That it may start.</summary>
    public JournalEvent.ArrayReleased? Released { get; init; }

    /// <summary>That it doesn't go out after all.</summary>
    public JournalEvent.ArrayDropped? Dropped { get; init; }

    /// <summary>True while nobody knows whether its <c>sbatch</c> worked.</summary>
    public bool IsInDoubt => Submitted is null && Dropped is null;

    /// <summary>The history with one more event of this array.</summary>
    public ArrayHistory With(JournalEvent happened) =>
        happened switch
        {
            JournalEvent.ArrayIntended intended => this with { Intended = intended },
            // Two who find the same lost job say the same.
            JournalEvent.ArraySubmitted submitted => this with { Submitted = Submitted ?? submitted },
            JournalEvent.ArrayReleased released => this with { Released = released },
            JournalEvent.ArrayDropped dropped => this with { Dropped = dropped },
            _ => this,
        };

    /// <summary>The array that an event speaks of; null for the others.</summary>
    public static ArrayId? ArrayOf(JournalEvent happened) =>
        happened switch
        {
            JournalEvent.ArrayIntended intended => intended.Array,
            JournalEvent.ArraySubmitted submitted => submitted.Array,
            JournalEvent.ArrayReleased released => released.Array,
            JournalEvent.ArrayDropped dropped => dropped.Array,
            _ => null,
        };
}
