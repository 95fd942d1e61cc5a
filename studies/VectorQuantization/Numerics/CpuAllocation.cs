using System.Globalization;

namespace VectorQuantization.Numerics;

/// <summary>How many threads this process may keep busy.</summary>
public static class CpuAllocation
{
    /// <summary>
    /// What Slurm allotted (<c>SLURM_CPUS_PER_TASK</c>), never more than the process may run on: affinity mask, cpuset and
    /// CPU quota, all of which .NET's processor count follows.
    /// </summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="processors">Processors that this process may use.</param>
    public static int Threads(Func<string, string?> variable, int processors) =>
        int.TryParse(variable("SLURM_CPUS_PER_TASK"), CultureInfo.InvariantCulture, out var allotted) && allotted > 0
            ? Math.Min(allotted, processors)
            : processors;
}
