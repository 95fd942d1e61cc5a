using System.Globalization;
using System.Text;
using Expflow.Experiments;
using Expflow.Slurm;
using Expflow.Templates;

namespace Expflow.Submission;

/// <summary>The batch script of an array: what Slurm is asked for, and the agent that does the work.</summary>
/// <remarks>
/// It doesn't depend on where it lies: Slurm runs a copy. The places of output and start go to <c>sbatch</c> as arguments, which need no quoting.
/// </remarks>
/// <param name="program">The <c>expflow</c> binary that the nodes start.</param>
/// <param name="project">The project's folder.</param>
/// <param name="killWait">From Slurm's SIGTERM to its SIGKILL.</param>
public sealed class JobScript(string program, string project, TimeSpan killWait)
{
    /// <summary>The whole text for an array whose file stands at <paramref name="file"/>.</summary>
    public string Render(ArrayDraft draft, string file)
    {
        var script = new StringBuilder("#!/bin/bash\n");
        foreach (var directive in DirectivesOf(draft))
            script.Append("#SBATCH ").Append(directive).Append('\n');
        var wait = ((int)killWait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return script
            .Append(
                $"exec {ShellQuoting.Word(program)} agent {ShellQuoting.Word(project)} --array {ShellQuoting.Word(file)} --kill-wait {wait}\n"
            )
            .ToString();
    }

    private static IEnumerable<string> DirectivesOf(ArrayDraft draft)
    {
        var stage = draft.Stage;
        var ask = draft.Like.Ask;
        yield return $"--job-name={draft.JobName}";
        yield return $"--comment={draft.Id}";
        yield return $"--nodes={Number(stage.Resources.Nodes ?? 1)}";
        yield return "--ntasks-per-node=1";
        if (ask.Cpus is { } cpus)
            yield return $"--cpus-per-task={Number(cpus)}";
        if (ask.Memory is { } memory)
            yield return $"--mem={Number((memory + (1 << 20) - 1) >> 20)}M";
        if (ask.Walltime is { } walltime)
            yield return $"--time={Walltime.From(walltime)}";
        if (GresOf(stage) is { Length: > 0 } gres)
            yield return $"--gres={gres}";
        foreach (var place in stage.Resources.PlaceOptions())
            yield return place;
        if (ExcludedBy(stage, ask) is { Length: > 0 } exclude)
            yield return $"--exclude={exclude}";
        if (ask.Walltime is not null)
            yield return $"--signal=B:USR1@{Number((int)LeadOf(stage, ask).TotalSeconds)}";
        yield return stage.MayRequeue ? "--requeue" : "--no-requeue";
        yield return "--open-mode=append";
        foreach (var directive in stage.Slurm.Directives)
            yield return directive;
    }

    private static string GresOf(Stage stage) =>
        string.Join(
            ',',
            (stage.Resources.Gpus is { Count: > 0 } gpus ? [$"gpu:{gpus}"] : Array.Empty<string>()).Concat(
                stage.Slurm.Gres
            )
        );

    private static string ExcludedBy(Stage stage, ArrayAsk ask) =>
        string.Join(',', stage.Slurm.Exclude.Append(ask.Exclude).Where(nodes => nodes.Length > 0));

    private static TimeSpan LeadOf(Stage stage, ArrayAsk ask) =>
        stage.Slurm.LeadBefore(Walltime.From(ask.Walltime!.Value));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
