using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>A run that has not ended yet, with just what it takes to find it in Slurm's queue: there can be 100,000 of them.</summary>
/// <param name="Run">The run.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Array">The job array that carries out what is wanted of it now; null when it has still to be sent out.</param>
/// <param name="Task">Its number in that array.</param>
/// <param name="Started">Its attempt without an end; null when none runs, as far as the journal knows.</param>
public readonly record struct OpenTask(
    RunId Run,
    string Stage,
    ArrayId? Array,
    int Task,
    JournalEvent.AttemptStarted? Started
);
