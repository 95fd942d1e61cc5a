using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Recovery;
using Expflow.Runs;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary>One look at an experiment and what comes of it: what <c>recover</c> does once, <c>watch --recover</c> again and again, and a sentinel when it wakes.</summary>
internal sealed class RecoveryRound(Composition with, ProjectFolder project)
{
    /// <summary>What the user chose.</summary>
    /// <param name="DryRun">Shows what would be done, and does nothing.</param>
    /// <param name="All">Also what the site cancelled, and what is held.</param>
    /// <param name="Yes">Doesn't ask.</param>
    /// <param name="Sentinel">What the sentinel is for that does this; null when none does.</param>
    /// <param name="Json">Prints JSON only.</param>
    public sealed record Choices(bool DryRun, bool All, bool Yes, SentinelDuty? Sentinel, bool Json);

    /// <summary>What came of it.</summary>
    /// <param name="Experiment">The experiment.</param>
    /// <param name="Plan">What was decided.</param>
    /// <param name="Outcome">What was done, in a sentence; null when nothing was.</param>
    public sealed record Done(string Experiment, RecoveryPlan Plan, string? Outcome);

    /// <summary>Recovers an experiment.</summary>
    /// <param name="index">The index, up to date with the journal.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="choices">What the user chose.</param>
    public async Task<Checked<Done>> RunAsync(RunIndex index, string experiment, Choices choices)
    {
        try
        {
            if (index.PoolOf(index.Submissions(experiment)[^1]) is { } pool)
                return await InPoolAsync(new(project, pool), index, experiment, choices);
            return index.ExecutorOf(index.Submissions(experiment)[^1]) == Executor.Slurm
                ? await OnSlurmAsync(index, experiment, choices)
                : await HereAsync(index, experiment, choices);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem(
                $"'{project.State}' can't be written: {refused.Message} Make room or ask for the right to write there, and try again."
            );
        }
    }

    private async Task<Checked<Done>> HereAsync(RunIndex index, string experiment, Choices choices)
    {
        var recovery = new LocalRecovery(with, project);
        var plan = recovery.Plan(index, experiment, choices.All);
        Show(experiment, plan, choices);
        if (!IsWanted(plan, choices))
            return new Done(experiment, plan, null);
        return await recovery.CarryOutAsync(plan) is { } trouble
            ? new Problem(trouble)
            : new Done(experiment, plan, "the local agent sees to it");
    }

    private async Task<Checked<Done>> InPoolAsync(PoolFolder pool, RunIndex index, string experiment, Choices choices)
    {
        var locked = await SubmitTurn.TakeAsync(with, project);
        if (!locked.TryGet(out var taken))
            return Checked<Done>.Failed(locked.Problems);
        using var _ = taken;
        if (!choices.DryRun)
        {
            new PoolDrafts(project, index).Settle();
            await new PoolRound(with, project, index).RunAsync(pool);
            index.Refresh();
        }
        var recovery = new PoolRecovery(with, project, pool);
        var plan = recovery.Plan(index, experiment, choices.All);
        Show(experiment, plan, choices);
        if (!IsWanted(plan, choices))
            return new Done(experiment, plan, null);
        var outcome = recovery.CarryOut(index, experiment, plan);
        if (!choices.Json)
            with.Terminal.Line(outcome);
        return new Done(experiment, plan, outcome);
    }

    private async Task<Checked<Done>> OnSlurmAsync(RunIndex index, string experiment, Choices choices)
    {
        if (SlurmSite.Find(with) is not { } site)
            return new Problem(
                $"'{experiment}' runs on Slurm, and there is no 'sbatch' on this machine. Recover it where there is one."
            );
        var dispatching = new Dispatching(with, project, site);
        var locked = await dispatching.LockAsync();
        if (!locked.TryGet(out var taken))
            return Checked<Done>.Failed(locked.Problems);
        using var _ = taken;
        if (!choices.DryRun && await dispatching.SettleAsync(index) is { Problems: { Count: > 0 } problems })
            return Checked<Done>.Failed(problems);
        var recovery = new SlurmRecovery(with, project, site);
        var planned = await recovery.PlanAsync(index, experiment, choices.All);
        if (!planned.TryGet(out var plan))
            return Checked<Done>.Failed(planned.Problems);
        if (choices.Sentinel == SentinelDuty.Feed)
            plan = plan.OnlySent();
        Show(experiment, plan, choices);
        var outcome = Dispatching.DoubtOf(index, experiment) ?? "";
        if (IsWanted(plan, choices))
        {
            var sent = await recovery.CarryOutAsync(index, experiment, plan, choices.Sentinel is not null);
            // What could not be done now, the next sentinel tries again.
            if (!sent.TryGet(out var words))
            {
                await LeaveSentinelAsync(site, index, experiment, choices);
                return Checked<Done>.Failed(sent.Problems);
            }
            outcome = $"{words} {outcome}".Trim();
        }
        outcome = $"{outcome} {await LeaveSentinelAsync(site, index, experiment, choices)}".Trim();
        if (outcome.Length > 0 && !choices.Json)
            with.Terminal.Line(outcome);
        return new Done(experiment, plan, outcome.Length > 0 ? outcome : null);
    }

    private async Task<string?> LeaveSentinelAsync(
        SlurmSite site,
        RunIndex index,
        string experiment,
        Choices choices
    ) =>
        choices.Sentinel is { } duty
            ? await new SentinelRound(with, project, site).LeaveAsync(index, experiment, duty)
            : null;

    private void Show(string experiment, RecoveryPlan plan, Choices choices)
    {
        if (!choices.Json)
            new RecoveryScreen(with.Terminal).Show(experiment, plan);
    }

    private bool IsWanted(RecoveryPlan plan, Choices choices) =>
        !choices.DryRun && !plan.IsIdle && (choices.Yes || choices.Json || !with.Terminal.Interactive || Confirms());

    private bool Confirms()
    {
        with.Terminal.Out.Write("Do this? [y/N] ");
        with.Terminal.Flush();
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
