using Expflow.Experiments;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Templates;

namespace Expflow.Submission;

/// <summary>
/// A tiny job that wakes when an array has ended, does what <c>expflow recover</c> does, and leaves the next one behind while something remains to be done:
/// so nobody has to stay logged in, and no process stays on the login node.
/// </summary>
/// <param name="program">The <c>expflow</c> binary that the node starts.</param>
/// <param name="project">The project.</param>
public sealed class SentinelScript(string program, ProjectFolder project)
{
    // It reads the journal, asks Slurm a few questions and ends; where Slurm doesn't answer, it tries again for a while.
    private const int Minutes = 20;
    private const string Pauses = "30 60 120 240";
    private const int Mebibytes = 500;

    /// <summary>The job's name; there is at most one of an experiment.</summary>
    public static string NameOf(string experiment) => $"{experiment}.sentinel";

    /// <summary>What <c>sbatch</c> is called with.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="duty">What it does when it wakes.</param>
    /// <param name="like">Where it runs: the account, partition and QOS of this stage.</param>
    /// <param name="after">The jobs of which it wakes when one has ended; none: it wakes after a while.</param>
    public SbatchRequest RequestOf(
        string experiment,
        SentinelDuty duty,
        Resources like,
        IReadOnlyList<SlurmJobId> after
    ) =>
        new(ScriptOf(experiment, duty, like))
        {
            WorkFolder = project.Root,
            Dependency =
                after.Count == 0
                    ? null
                    : new JobDependency(
                        [
                            .. after.Select(job =>
                                DependencyTerm.Of(DependencyKind.AfterAny, [new JobReference.Whole(job)])
                            ),
                        ],
                        Any: true
                    ),
            Extra =
            [
                $"--output={Path.Combine(project.State.Replace("%", "%%", StringComparison.Ordinal), "jobs", "sentinel-%j.log")}",
                .. after.Count == 0 ? ["--begin=now+5minutes"] : Array.Empty<string>(),
            ],
        };

    private string ScriptOf(string experiment, SentinelDuty duty, Resources like)
    {
        var lines = new List<string>
        {
            "#!/bin/bash",
            $"#SBATCH --job-name={NameOf(experiment)}",
            "#SBATCH --comment=expflow-sentinel",
            "#SBATCH --nodes=1",
            "#SBATCH --ntasks=1",
            $"#SBATCH --time={Minutes}",
            $"#SBATCH --mem={Mebibytes}M",
            "#SBATCH --requeue",
            "#SBATCH --open-mode=append",
        };
        // Any node of the partition will do for a job as small as this.
        lines.AddRange((like with { Constraint = null }).PlaceOptions().Select(option => $"#SBATCH {option}"));
        lines.Add($"cd {ShellQuoting.Word(project.Root)} || exit 1");
        var word = duty == SentinelDuty.Recover ? "recover" : "feed";
        var call = $"{ShellQuoting.Word(program)} recover {ShellQuoting.Word(experiment)} --sentinel {word}";
        lines.Add($"for pause in {Pauses}; do");
        lines.Add($"  {call} && exit");
        lines.Add("  sleep $pause");
        lines.Add("done");
        lines.Add($"exec {call}");
        return string.Join('\n', lines) + "\n";
    }
}

/// <summary>What a sentinel does when it wakes.</summary>
public enum SentinelDuty
{
    /// <summary>Sends out what there was no room for.</summary>
    Feed,

    /// <summary>That, and has failed runs tried again by the policy of the file.</summary>
    Recover,
}
