using System.Collections;

namespace Expflow.Slurm;

/// <summary>How Slurm's programs are found and started.</summary>
/// <param name="Environment">The user's environment: <c>PATH</c> to find them by, and what they inherit.</param>
/// <param name="Cluster">With several clusters, the one to speak with (<c>-M</c>); null: the one that this machine belongs to.</param>
public sealed record SlurmPrograms(IReadOnlyDictionary<string, string> Environment, string? Cluster = null)
{
    // Marks of sites and of authentication that must reach the programs; every other SLURM_ variable is a user's or an outer job's.
    private static readonly string[] Kept =
    [
        "SLURM_CONF",
        "SLURM_CONF_SERVER",
        "SLURM_JWT",
        "SLURM_SACK_KEY",
        "SLURM_SACK_JWKS",
    ];

    // Each of these holds defaults for a program's options: formats, filters, sort orders, "all", and "ask first".
    private static readonly string[] Prefixes =
    [
        "SLURM_",
        "SBATCH_",
        "SQUEUE_",
        "SACCT_",
        "SINFO_",
        "SCANCEL_",
        "SCONTROL_",
        "SACCTMGR_",
        "SDIAG_",
    ];

    /// <summary>From the environment of this process. A single name in <c>SLURM_CLUSTERS</c> becomes <see cref="Cluster"/>.</summary>
    public static SlurmPrograms FromThisProcess() =>
        From(
            System
                .Environment.GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal)
        );

    /// <summary>From these variables. A single name in <c>SLURM_CLUSTERS</c> becomes <see cref="Cluster"/>.</summary>
    public static SlurmPrograms From(IReadOnlyDictionary<string, string> environment)
    {
        var cluster = environment.GetValueOrDefault("SLURM_CLUSTERS");
        return new(
            environment,
            cluster is null or "" or "all" || cluster.Contains(',', StringComparison.Ordinal) ? null : cluster
        );
    }

    /// <summary>The path of a program, or null where the search path has none of that name.</summary>
    public string? Find(string program)
    {
        foreach (
            var folder in Environment.GetValueOrDefault("PATH", "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var path = Path.Combine(folder, program);
            if (IsExecutable(path))
                return path;
        }
        return null;
    }

    /// <summary>Writes the environment that Slurm's programs are asked in: numbers for times, lists whole, no defaults of the user's.</summary>
    internal void WriteForQuestions(IDictionary<string, string?> target)
    {
        Write(target);
        target["LC_ALL"] = "C";
        target["SLURM_TIME_FORMAT"] = "%s";
        target["SLURM_BITSTR_LEN"] = "0";
    }

    /// <summary>Writes the environment that a job inherits from <c>sbatch</c>: nothing is added, so that nothing of ours reaches the job.</summary>
    /// <remarks><c>SBATCH_</c> variables outrank the script's own <c>#SBATCH</c> lines, and an outer job's variables are not the new job's.</remarks>
    internal void WriteForJobs(IDictionary<string, string?> target) => Write(target);

    private void Write(IDictionary<string, string?> target)
    {
        target.Clear();
        foreach (var (name, value) in Environment)
            if (
                Kept.Contains(name)
                || !Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            )
                target[name] = value;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (
            File.GetUnixFileMode(path)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)
        ) != 0;
}
