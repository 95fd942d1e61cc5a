using Expflow.Planning;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>What submitting a plan would do to each of its runs. Submitting twice adds nothing.</summary>
public sealed record SubmissionDecision
{
    /// <summary>Runs that were never submitted.</summary>
    public required IReadOnlyList<RunId> New { get; init; }

    /// <summary>Runs that are done, and stay so.</summary>
    public required IReadOnlyList<RunId> Done { get; init; }

    /// <summary>Runs that were submitted and wait or run now.</summary>
    public required IReadOnlyList<RunId> Underway { get; init; }

    /// <summary>Runs that failed or were cancelled, and that nobody asked to be run again.</summary>
    public required IReadOnlyList<RunId> Given { get; init; }

    /// <summary>Runs that had ended and are to be run again, as asked.</summary>
    public required IReadOnlyList<RunId> Again { get; init; }

    /// <summary>True when there is something that no manifest wants yet.</summary>
    public bool AddsSomething => New.Count + Again.Count > 0;

    /// <summary>Decides.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="histories">What is known of runs that were submitted.</param>
    /// <param name="again">Whether a run that has ended is to be run again.</param>
    public static SubmissionDecision For(
        RunPlan plan,
        IReadOnlyDictionary<RunId, RunHistory> histories,
        Func<PlannedRun, RunHistory, bool> again
    )
    {
        var (fresh, done, underway, given, anew) = (
            new List<RunId>(),
            new List<RunId>(),
            new List<RunId>(),
            new List<RunId>(),
            new List<RunId>()
        );
        foreach (var run in plan.Runs)
        {
            if (!histories.TryGetValue(run.Id, out var history))
                fresh.Add(run.Id);
            else if (history.State is RunState.Pending or RunState.Running)
                underway.Add(run.Id);
            else if (again(run, history))
                anew.Add(run.Id);
            else if (history.State is RunState.Done)
                done.Add(run.Id);
            else
                given.Add(run.Id);
        }
        return new()
        {
            New = fresh,
            Done = done,
            Underway = underway,
            Given = given,
            Again = anew,
        };
    }
}
