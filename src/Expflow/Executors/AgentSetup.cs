using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Processes;
using Expflow.Projects;

namespace Expflow.Executors;

/// <summary>What an agent is given from outside.</summary>
public sealed record AgentSetup
{
    /// <summary>The project whose runs it brings to an end.</summary>
    public required ProjectFolder Project { get; init; }

    /// <summary>This machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>What of this machine it may give to runs.</summary>
    public required LocalMachine Machine { get; init; }

    /// <summary>The variables that all runs share.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where tokens come from.</summary>
    public required Random Random { get; init; }

    /// <summary>Reads an experiment back from the text that a manifest keeps; null when it can't be read by this version.</summary>
    public required Func<string, Experiment?> ReadExperiment { get; init; }

    /// <summary>Takes a line that belongs to no run, for the agent's own log.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>A run's own folder, absolute.</summary>
    public string FolderOf(ManifestRun run) => Path.Combine(Project.Runs, run.Folder);

    /// <summary>The project's local lock, which the caller holds; null where nobody else could want it.</summary>
    public FileLock? Lock { get; init; }

    /// <summary>From asking a command to end until it is ended. Slurm's KillWait is 30 s; people at a terminal wait less gladly.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at what processes use. One look is a pass over all processes of the machine.</summary>
    public TimeSpan BetweenSamples { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether walltime and memory are the agent's to enforce; false inside a job, where Slurm does so.</summary>
    public bool HoldsLimits { get; init; } = true;

    /// <summary>The Slurm task that this agent is; null on a machine of one's own.</summary>
    public SlurmTask? Task { get; init; }

    /// <summary>Tells whether the kernel killed a command for memory; null where the agent enforces memory itself.</summary>
    public KilledForMemory? Kills { get; init; }
}
