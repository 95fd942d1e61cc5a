using Expflow.Problems;
using Expflow.Slurm;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary>Says why nothing was submitted, and the way out.</summary>
internal static class SendProblems
{
    public static Problem Of(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.Refused refused => new(
                $"Slurm refuses stage '{refused.Draft.Stage.Name}': {refused.Words.TrimEnd('.')}. {WayOut(refused)}{TakenBack(refused.Left)}"
            ),
            SendOutcome.Unanswered unanswered => new(
                $"Slurm gave no answer for stage '{unanswered.Draft.Stage.Name}', and doesn't know its job: {unanswered.Words.TrimEnd('.')}. Nothing runs; should the job turn up late, it is held and never starts. Try again.{TakenBack(unanswered.Left)}"
            ),
            SendOutcome.NoSlurm missing => new(
                $"'{missing.Program}' was not found. Load Slurm's module, or run on this machine: 'expflow run FILE'."
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string WayOut(SendOutcome.Refused refused)
    {
        var resources = refused.Draft.Stage.Resources;
        return refused.Kind switch
        {
            RefusalKind.InvalidAccount =>
                $"Nothing was submitted. Set 'resources.account' ({Shown(resources.Account)} now): 'expflow partitions' tells which of yours may be used where.",
            RefusalKind.InvalidPartition or RefusalKind.PartitionNotAllowed or RefusalKind.PartitionUnavailable =>
                $"Nothing was submitted. Set 'resources.partition' ({Shown(resources.Partition)} now): 'expflow partitions' tells which are open to you.",
            RefusalKind.InvalidQos =>
                $"Nothing was submitted. Set 'resources.qos' ({Shown(resources.Qos)} now): 'expflow env' lists them.",
            RefusalKind.TimeLimit =>
                $"Nothing was submitted. Ask for less 'resources.walltime' ({Shown(resources.Walltime?.ToString())} now), or another partition.",
            RefusalKind.TooMuchMemory
            or RefusalKind.NodesCannotMeet
            or RefusalKind.TooManyCpus
            or RefusalKind.TooManyNodes =>
                "Nothing was submitted. No node of the partition has so much: ask for less in 'resources', or another partition.",
            RefusalKind.SubmitLimit or RefusalKind.SubmitOrResourceLimit or RefusalKind.QueueFull =>
                "Nothing was submitted. Try again when jobs have ended.",
            _ => "Nothing was submitted. Change 'resources' or 'slurm' in the file, and try again.",
        };
    }

    private static string Shown(string? value) => value is null ? "none" : $"'{value}'";

    private static string TakenBack(IReadOnlyList<SlurmJob> left) =>
        left.Count == 0
            ? ""
            : $" These jobs could not be taken back; they are held and never start: scancel {string.Join(' ', left.Select(job => job.Id))}";
}
