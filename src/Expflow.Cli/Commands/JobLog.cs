using Expflow.Projects;
using Expflow.Runs;

namespace Expflow.Cli.Commands;

/// <summary>What Slurm and the agent said in a job, before and beside the command's own output.</summary>
internal static class JobLog
{
    /// <summary>The log of one task, which submission names to Slurm as <c>--output</c>; null when there is none.</summary>
    public static string? Find(ProjectFolder project, ArrayId array, int index)
    {
        var folder = project.JobLogsOf(array);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*_{index}.log").FirstOrDefault() : null;
    }
}
