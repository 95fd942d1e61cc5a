using Expflow.Slurm;

namespace Expflow.Runs;

/// <summary>A line of a log that tells why a command failed.</summary>
/// <param name="Cause">The word of the <see cref="Diagnosis"/> that it speaks for; null when it only says what went wrong.</param>
/// <param name="Line">The line, without control characters, at most <see cref="Longest"/> long.</param>
public sealed record LogClue(string? Cause, string Line)
{
    /// <summary>Characters of a line that are kept: a screen's width and a half.</summary>
    public const int Longest = 200;

    /// <summary>What the end of a command means in the light of this line: an exit code by itself tells little.</summary>
    /// <param name="seen">What was seen of the end. Only a bad exit, a signal and an unknown end have a deeper cause.</param>
    /// <param name="asked">The memory that the attempt asked for.</param>
    /// <param name="peak">The most memory that it was seen to hold.</param>
    /// <param name="limit">Its walltime.</param>
    public Diagnosis Explain(Diagnosis seen, MemorySize? asked, MemorySize? peak, Walltime? limit = null) =>
        seen is not (Diagnosis.BadExit or Diagnosis.Signalled or Diagnosis.Unknown)
            ? seen
            : Cause switch
            {
                "out_of_memory" => new Diagnosis.OutOfMemory(asked, peak, Line),
                "gpu_out_of_memory" => new Diagnosis.GpuOutOfMemory(Line),
                "gpu_failed" => new Diagnosis.GpuFailed(Line),
                "disk_full" => new Diagnosis.DiskFull(Line),
                "missing_code" => new Diagnosis.MissingCode(Line),
                "not_finite" => new Diagnosis.NotFinite(Line),
                "timed_out" => new Diagnosis.TimedOut(limit),
                "preempted" => new Diagnosis.Preempted(),
                "node_failed" => new Diagnosis.NodeFailed(null),
                _ when seen is Diagnosis.BadExit bad => bad with { Said = Line },
                _ when seen is Diagnosis.Signalled signalled => signalled with { Said = Line },
                _ => seen,
            };
}
