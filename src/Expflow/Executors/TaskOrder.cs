using Expflow.Arrays;
using Expflow.Experiments;
using Expflow.Projects;

namespace Expflow.Executors;

/// <summary>What one task of an array has to carry out.</summary>
/// <param name="Order">The run.</param>
/// <param name="After">Its last attempt that the journal knew of when the array was made; 0 for none.</param>
/// <param name="MayRequeue">Whether the job may be started again under the same id.</param>
public sealed record TaskOrder(RunOrder Order, int After, bool MayRequeue)
{
    /// <summary>The order of a task; null when its experiment has no such stage.</summary>
    /// <remarks>Packed outputs are for many runs of one agent. A task is one run, so it keeps files whatever the experiment says.</remarks>
    public static TaskOrder? Of(ProjectFolder project, ArrayHeader header, ArrayTask task, Experiment experiment) =>
        OrderOf(project, header, task, experiment with { Keep = KeepOutputs.Files }) is { } order
            ? new(order, task.After, header.MayRequeue)
            : null;

    /// <summary>The order for the run of a task, from its file alone; null when its experiment has no such stage.</summary>
    public static RunOrder? OrderOf(ProjectFolder project, ArrayHeader header, ArrayTask task, Experiment experiment) =>
        experiment.Stage(header.Stage) is { } stage
            ? new(
                task.Run,
                header.Submission,
                experiment,
                stage,
                Path.Combine(project.Root, header.Code),
                name =>
                    [.. task.Upstream.GetValueOrDefault(name, []).Select(folder => Path.Combine(project.Runs, folder))]
            )
            {
                Memory = header.Memory,
                Walltime = header.Walltime is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            }
            : null;
}
