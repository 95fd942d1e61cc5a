using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>Runs of one stage and one job array that only wait: no attempt has begun, no order was given of them.</summary>
/// <param name="Experiment">Their experiment.</param>
/// <param name="Submission">The submission that asks for them.</param>
/// <param name="Stage">Their stage.</param>
/// <param name="Array">The job array that is to carry them out; null when they have still to be sent out.</param>
public readonly record struct UntouchedTasks(string Experiment, SubmissionId Submission, string Stage, ArrayId? Array)
{
    /// <summary>How many they are.</summary>
    public required int Runs { get; init; }

    /// <summary>The smallest of their numbers in the array.</summary>
    public required int First { get; init; }

    /// <summary>The largest.</summary>
    public required int Last { get; init; }
}
