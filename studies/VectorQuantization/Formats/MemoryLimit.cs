using System.Globalization;
using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>How much memory this process may use, and who says so: the smallest of all limits.</summary>
/// <param name="Bytes">Of anonymous memory; pages of mapped files can be dropped and don't count.</param>
/// <param name="Source">For people: <c>SLURM_MEM_PER_NODE</c>.</param>
public sealed record MemoryLimit(long Bytes, string Source)
{
    private const long Mebi = 1 << 20;
    private const string ControlGroups = "/sys/fs/cgroup";

    /// <summary>The limit of this process.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static MemoryLimit OfThisProcess(Func<string, string?> variable) => Of(variable, ReadIfThere);

    /// <summary>The limit that variables and files of the system tell.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="contents">The contents of a file, or null when there is none.</param>
    public static MemoryLimit Of(Func<string, string?> variable, Func<string, string?> contents)
    {
        MemoryLimit?[] all =
        [
            OfSlurmNode(variable),
            OfSlurmCpus(variable),
            .. OfControlGroups(contents),
            OfMachine(contents),
        ];
        return all.OfType<MemoryLimit>().MinBy(limit => limit.Bytes)
            ?? new MemoryLimit(long.MaxValue, "no limit is known");
    }

    /// <summary>Refuses work that needs more.</summary>
    /// <param name="needed">Bytes.</param>
    /// <param name="what">What needs them: <c>the vectors of 'a.npz'</c>.</param>
    /// <param name="wayOut">What to do: a sentence.</param>
    /// <exception cref="BadInputException">With both numbers.</exception>
    public void Require(long needed, string what, string wayOut)
    {
        if (needed > Bytes)
            throw new BadInputException(
                $"'{what}' needs {ByteText.Of(needed)} of memory; the limit is {ByteText.Of(Bytes)} (from {Source}). {wayOut}"
            );
    }

    private static MemoryLimit? OfSlurmNode(Func<string, string?> variable) =>
        Number(variable("SLURM_MEM_PER_NODE")) is { } megabytes and > 0
            ? new MemoryLimit(megabytes * Mebi, "SLURM_MEM_PER_NODE")
            : null;

    private static MemoryLimit? OfSlurmCpus(Func<string, string?> variable) =>
        Number(variable("SLURM_MEM_PER_CPU")) is { } megabytes and > 0
        && (Number(variable("SLURM_CPUS_ON_NODE")) ?? Number(variable("SLURM_CPUS_PER_TASK"))) is { } cpus and > 0
            ? new MemoryLimit(megabytes * cpus * Mebi, $"SLURM_MEM_PER_CPU × {cpus} CPUs")
            : null;

    private static MemoryLimit? OfMachine(Func<string, string?> contents) =>
        contents("/proc/meminfo")
            ?.Split('\n')
            .Where(line => line.StartsWith("MemTotal:", StringComparison.Ordinal))
            .Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]))
            .FirstOrDefault()
            is { } kibibytes
            ? new MemoryLimit(kibibytes * 1024, "the machine's memory")
            : null;

    /// <summary>Every group from the process's own to the root may set a limit; both versions may be mounted.</summary>
    private static IEnumerable<MemoryLimit> OfControlGroups(Func<string, string?> contents)
    {
        foreach (var line in (contents("/proc/self/cgroup") ?? "").Split('\n'))
        {
            var parts = line.Split(':', 3);
            if (parts.Length < 3 || !(parts[1].Length == 0 || parts[1].Split(',').Contains("memory")))
                continue;
            var (root, file) =
                parts[1].Length == 0
                    ? (ControlGroups, "memory.max")
                    : ($"{ControlGroups}/memory", "memory.limit_in_bytes");
            for (var group = parts[2].TrimEnd('/'); ; group = group[..group.LastIndexOf('/')])
            {
                // Version 1 says "no limit" by a number near 2⁶³.
                if (Number(contents($"{root}{group}/{file}")) is { } bytes and > 0 and < 1L << 60)
                    yield return new MemoryLimit(bytes, $"the control group '{(group.Length == 0 ? "/" : group)}'");
                if (group.Length == 0 || !group.StartsWith('/'))
                    break;
            }
        }
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string? ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
