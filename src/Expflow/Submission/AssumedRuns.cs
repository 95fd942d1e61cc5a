using Expflow.Planning;
using Expflow.Problems;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>Runs that a plan takes for done, as their stages were left out: whether they are.</summary>
public static class AssumedRuns
{
    private const int Named = 3;

    /// <summary>A problem for each stage of which runs are not done that are needed now.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="decision">What submitting it would do; what needs nothing new is not looked at.</param>
    /// <param name="histories">What is known of runs that were submitted.</param>
    public static IReadOnlyList<Problem> NotDone(
        RunPlan plan,
        SubmissionDecision decision,
        IReadOnlyDictionary<RunId, RunHistory> histories
    )
    {
        if (plan.Assumed.Count == 0)
            return [];
        var starts = decision.New.Concat(decision.Again).ToHashSet();
        var needed = plan.Runs.Where(run => starts.Contains(run.Id)).SelectMany(run => run.Needs).ToHashSet();
        return
        [
            .. plan
                .Assumed.Where(run => needed.Contains(run.Id) && StateOf(run) != "done")
                .GroupBy(run => run.Stage.Name)
                .Select(stage => Problem(stage.Key, [.. stage])),
        ];

        string StateOf(PlannedRun run) =>
            histories.TryGetValue(run.Id, out var history) ? history.State.Word : "never submitted";

        Problem Problem(string stage, IReadOnlyList<PlannedRun> runs)
        {
            var named = runs.Take(Named).Select(run => $"{Path.GetFileName(plan.FolderOf(run))} ({StateOf(run)})");
            var more = runs.Count > Named ? $", and {runs.Count - Named:#,0} more" : "";
            var what = runs.Count == 1 ? $"a run of '{stage}' that is" : $"{runs.Count:#,0} runs of '{stage}' that are";
            var them = runs.Count == 1 ? "it" : "them";
            return new(
                $"'{plan.Selection.Option}' needs {what} not done: {string.Join(", ", named)}{more}. Bring {them} to an end first, or leave '{plan.Selection.Option.Split(' ')[0]}' out."
            );
        }
    }
}
