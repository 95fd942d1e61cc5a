using Expflow.Parameters;
using Expflow.Planning;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Which runs of a plan a retry begins again: those that are to be, as the experiment has them now.</summary>
internal sealed class RetryChoice
{
    private readonly RunPlan plan;
    private readonly Dictionary<RunId, PlannedRun> byId;
    private readonly HashSet<RunId> chosen = [];

    /// <param name="plan">The experiment as its file stands now.</param>
    /// <param name="known">All of its runs that were ever submitted.</param>
    /// <param name="wanted">Those that are to be run again.</param>
    /// <param name="never">Whether runs that were never submitted are wanted too.</param>
    public RetryChoice(RunPlan plan, IReadOnlyList<TrackedRun> known, IReadOnlyList<TrackedRun> wanted, bool never)
    {
        this.plan = plan;
        byId = plan.Runs.ToDictionary(run => run.Id);
        var submitted = known.Select(run => run.Run.Id).ToHashSet();
        Again = [.. wanted.Where(run => byId.ContainsKey(run.Run.Id))];
        chosen.UnionWith(Again.Select(run => run.Run.Id));
        Replace([.. wanted.Where(run => !byId.ContainsKey(run.Run.Id))], submitted);
        if (never)
            chosen.UnionWith(plan.Runs.Select(run => run.Id).Where(run => !submitted.Contains(run)));
        Never = chosen.Count(run => !submitted.Contains(run)) - Replaced.Count;
        Plan = Reduced(submitted);
    }

    /// <summary>Runs that are run again as they are.</summary>
    public IReadOnlyList<TrackedRun> Again { get; }

    /// <summary>Runs that the experiment has under a new identity: their command has changed, or something that they need.</summary>
    public List<(TrackedRun Before, PlannedRun Now)> Replaced { get; } = [];

    /// <summary>Runs that the experiment no longer asks for.</summary>
    public List<TrackedRun> Lost { get; } = [];

    /// <summary>How many runs begin that were never submitted.</summary>
    public int Never { get; }

    /// <summary>The runs submitted before and the runs chosen, with all that they need.</summary>
    public RunPlan Plan { get; }

    /// <summary>Whether a run was chosen.</summary>
    public bool Has(RunId run) => chosen.Contains(run);

    /// <summary>How many were chosen.</summary>
    public int Count => chosen.Count;

    private void Replace(IReadOnlyList<TrackedRun> gone, HashSet<RunId> submitted)
    {
        if (gone.Count == 0)
            return;
        var likeThese = plan.Runs.ToLookup(run => (run.Stage.Name, run.Parameters));
        foreach (var run in gone)
            if (likeThese[(run.Run.Stage, ParameterText.Read(run.Run.Parameters))].FirstOrDefault() is { } now)
                Take(run, now, submitted);
            else
                Lost.Add(run);
    }

    private void Take(TrackedRun before, PlannedRun now, HashSet<RunId> submitted)
    {
        // What was put right and submitted before is no matter of this retry.
        if (submitted.Contains(now.Id) || !chosen.Add(now.Id))
            return;
        Replaced.Add((before, now));
    }

    // Whatever a manifest names is started; a retry starts only what was asked for.
    private RunPlan Reduced(HashSet<RunId> submitted)
    {
        var kept = new HashSet<RunId>();
        foreach (var run in plan.Runs)
            if (submitted.Contains(run.Id) || chosen.Contains(run.Id))
                Keep(run.Id, kept);
        return new(plan.Experiment, plan.Points, [.. plan.Runs.Where(run => kept.Contains(run.Id))])
        {
            Selection = plan.Selection,
            Assumed = plan.Assumed,
        };
    }

    private void Keep(RunId run, HashSet<RunId> kept)
    {
        if (!kept.Add(run) || !byId.TryGetValue(run, out var planned))
            return;
        foreach (var need in planned.Needs)
            Keep(need, kept);
    }
}
