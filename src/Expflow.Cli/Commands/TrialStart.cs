using Expflow.Arrays;
using Expflow.Cli.Screens;
using Expflow.Manifests;
using Expflow.Problems;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Submission;
using Expflow.Tracking;
using Expflow.Trials;

namespace Expflow.Cli.Commands;

/// <summary>Sets a trial up, and has it carried out by Slurm or here.</summary>
internal sealed class TrialStart(Composition with, ExperimentInput.Planned planned, TrialScreen screen)
{
    /// <summary>Tries the stages out.</summary>
    public async Task<int> RunAsync(TrialCommand.Choices choices, CancellationToken stop)
    {
        var plan = TrialPlan.Of(planned.Plan, Done());
        if (plan.Stages.Count == 0)
            return with.Terminal.Fail(
                plan.LeftOut.Select(left => new Problem($"Stage '{left.Stage}' can't be tried: it {left.Why}."))
            );
        var folder = TrialFolder.New(planned.Project, planned.Experiment.Name, with.Time.GetUtcNow());
        screen.ShowPlan(plan, planned.Experiment);
        var site = choices.Local ? null : SlurmSite.Find(with);
        if (site is not null && !await site.IsClusterAsync())
            site = null;
        if (choices.DryRun)
            return ShowDryRun(plan, folder, site);
        var record = await WriteAsync(plan, folder);
        if (!record.TryGet(out var written))
            return with.Terminal.Fail(record.Problems);
        return site is null
            ? Here(plan, folder, written, choices, stop)
            : await SendAsync(plan, folder, written, site, choices, stop);
    }

    private Dictionary<RunId, ManifestRun> Done()
    {
        using var index = with.OpenIndex(planned.Project);
        return index
            .Runs(planned.Experiment.Name)
            .Where(run => run.History.State is RunState.Done)
            .ToDictionary(run => run.Run.Id, run => run.Run);
    }

    private int ShowDryRun(TrialPlan plan, TrialFolder folder, SlurmSite? site)
    {
        if (site is not null)
            foreach (var tried in plan.Stages)
                screen.ShowCall(
                    new TrialScript(SlurmSite.PathIn(planned.Project), folder).RequestOf(
                        tried,
                        planned.Experiment.Trial
                    )
                );
        with.Terminal.Line("Dry run: nothing was written, and nothing was sent.");
        return ExitCode.Done;
    }

    private async Task<Checked<TrialRecord>> WriteAsync(TrialPlan plan, TrialFolder folder)
    {
        var frozen = await new Submitting(with).FreezeAsync(planned);
        if (!frozen.TryGet(out var code))
            return Checked<TrialRecord>.Failed(frozen.Problems);
        var record = new TrialRecord
        {
            Name = folder.Name,
            Experiment = planned.Experiment.Name,
            File = planned.Experiment.File,
            At = with.Time.GetUtcNow(),
            Parts =
            [
                .. plan.Stages.Select(tried => new TrialRecord.Part(
                    tried.Stage.Name,
                    ArrayId.New(with.Time, with.Random),
                    tried.Phases
                )),
            ],
        };
        try
        {
            folder.Write(record);
            foreach (var (tried, part) in plan.Stages.Zip(record.Parts))
                ArrayFile.Write(folder.Project.Arrays, HeaderOf(record, tried, part, code), tried.Tasks);
            return record;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem($"The trial can't be written: {refused.Message}");
        }
    }

    private ArrayHeader HeaderOf(TrialRecord record, TrialStage tried, TrialRecord.Part part, SubmittedCode code) =>
        new()
        {
            Array = part.Array,
            Submission = SubmissionId.New(with.Time, with.Random),
            Experiment = record.Experiment,
            Stage = tried.Stage.Name,
            At = record.At,
            Code = code.Folder,
            Memory = tried.Stage.Resources.Memory?.Bytes,
            Cpus = tried.Stage.Resources.Cpus,
            Walltime = TrialScript.LimitOf(tried.Stage, planned.Experiment.Trial).TotalSeconds,
            Script = "",
            Resolved = planned.Experiment.Resolved,
        };

    private int Here(
        TrialPlan plan,
        TrialFolder folder,
        TrialRecord record,
        TrialCommand.Choices choices,
        CancellationToken stop
    )
    {
        foreach (var tried in plan.Stages)
        {
            var measuring = new TrialMeasuring(with, folder, screen.ShowMeasure);
            if (measuring.Run(tried.Stage.Name, stop) is { } trouble)
                return stop.IsCancellationRequested ? ExitCode.Interrupted : with.Terminal.Fail(new Problem(trouble));
        }
        return TrialEnding.Show(with.Terminal, screen, folder, record, planned.Experiment.Trial, choices.Json);
    }

    private async Task<int> SendAsync(
        TrialPlan plan,
        TrialFolder folder,
        TrialRecord record,
        SlurmSite site,
        TrialCommand.Choices choices,
        CancellationToken stop
    )
    {
        var script = new TrialScript(SlurmSite.ProgramIn(planned.Project), folder);
        var jobs = new List<SlurmJob>();
        foreach (var tried in plan.Stages)
        {
            var answer = await site.Client.SubmitAsync(
                script.RequestOf(tried, planned.Experiment.Trial),
                CancellationToken.None
            );
            if (answer is not SlurmAnswer<SlurmJob>.Answered { Value: var job })
            {
                await site.Client.CancelAsync(
                    [.. jobs.Select(sent => new JobReference.Whole(sent.Id))],
                    cancel: CancellationToken.None
                );
                return with.Terminal.Fail(new Problem(WhyNot(tried, answer)));
            }
            jobs.Add(job);
            folder.NoteJob(tried.Stage.Name, job.Id.ToString());
            screen.ShowJob(tried, job);
        }
        if (choices.Detach)
        {
            with.Terminal.Line($"'expflow trial {planned.Experiment.File} --show' tells what has come out.");
            return ExitCode.Done;
        }
        if (await new TrialFollowing(with, folder, record, site, screen).FollowAsync(stop) is { } code)
            return code;
        return TrialEnding.Show(with.Terminal, screen, folder, record, planned.Experiment.Trial, choices.Json);
    }

    private static string WhyNot(TrialStage tried, SlurmAnswer<SlurmJob> answer) =>
        $"Slurm didn't take the job that tries stage '{tried.Stage.Name}' out: {(answer is SlurmAnswer<SlurmJob>.Refused refused ? refused.Words : "it gave no answer")}. Nothing is left in the queue.";
}
