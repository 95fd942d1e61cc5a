using System.Globalization;
using Expflow.Experiments;
using Expflow.Slurm;
using Expflow.Templates;

namespace Expflow.Trials;

/// <summary>The batch script that measures one stage: the GPUs of one run, and the cores and the memory of as many as share them at most.</summary>
/// <param name="program">The <c>expflow</c> binary that the node starts.</param>
/// <param name="trial">The trial.</param>
public sealed class TrialScript(string program, TrialFolder trial)
{
    // What starting and ending, and Slurm's own moments, take beside the runs.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>What <c>sbatch</c> is called with.</summary>
    public SbatchRequest RequestOf(TrialStage tried, TrialSpec spec) =>
        new(Render(tried, spec))
        {
            JobName = $"{trial.Name}.{tried.Stage.Name}",
            WorkFolder = trial.Owner.Root,
            Extra = [$"--output={trial.LogOf(tried.Stage.Name).Replace("%", "%%", StringComparison.Ordinal)}"],
        };

    private string Render(TrialStage tried, TrialSpec spec)
    {
        var lines = new List<string> { "#!/bin/bash" };
        lines.AddRange(DirectivesOf(tried, spec).Select(directive => $"#SBATCH {directive}"));
        lines.Add(
            $"exec {ShellQuoting.Word(program)} agent {ShellQuoting.Word(trial.Owner.Root)} --trial {ShellQuoting.Word($"{trial.Name}/{tried.Stage.Name}")}"
        );
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> DirectivesOf(TrialStage tried, TrialSpec spec)
    {
        var asked = tried.Stage.Resources;
        yield return "--comment=expflow-trial";
        yield return "--nodes=1";
        yield return "--ntasks-per-node=1";
        if (asked.Cpus is { } cpus)
            yield return $"--cpus-per-task={Number(cpus * tried.MostWorkers)}";
        if (asked.Memory is { } memory)
            yield return $"--mem={Number(memory.Mebibytes * tried.MostWorkers)}M";
        yield return $"--time={Walltime.From(tried.LongestWith(LimitOf(tried.Stage, spec)) + Margin)}";
        yield return $"--gres={string.Join(',', [$"gpu:{asked.Gpus}", .. tried.Stage.Slurm.Gres])}";
        foreach (var place in asked.PlaceOptions())
            yield return place;
        if (tried.Stage.Slurm.Exclude.Count > 0)
            yield return $"--exclude={string.Join(',', tried.Stage.Slurm.Exclude)}";
        yield return "--no-requeue";
        foreach (var directive in tried.Stage.Slurm.Directives)
            yield return directive;
    }

    /// <summary>How long a run of a trial may take: beyond the criterion it only costs.</summary>
    public static TimeSpan LimitOf(Stage stage, TrialSpec spec) =>
        stage.Resources.Walltime is { } walltime && walltime < spec.Time ? walltime.Duration : spec.Time.Duration;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
