namespace Expflow.Projects;

/// <summary>The folder with <c>expflow.yaml</c>, and where everything of a project stands in it.</summary>
/// <param name="Root">Absolute, without a trailing slash.</param>
public sealed record ProjectFolder(string Root)
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string FileName = "expflow.yaml";

    /// <summary>The project file.</summary>
    public string File => Path.Combine(Root, FileName);

    /// <summary>All that Expflow itself keeps.</summary>
    public string State => Path.Combine(Root, ".expflow");

    /// <summary>One append-only file per writer.</summary>
    public string Journal => Path.Combine(State, "journal");

    /// <summary>One file per submission.</summary>
    public string Manifests => Path.Combine(State, "manifests");

    /// <summary>One file per job array that was ever handed to Slurm.</summary>
    public string Arrays => Path.Combine(State, "arrays");

    /// <summary>Frozen code, one folder per content.</summary>
    public string Snapshots => Path.Combine(State, "snapshots");

    /// <summary>Outputs of packed runs, one after another.</summary>
    public string Segments => Path.Combine(State, "segments");

    /// <summary>What local agents say that is not a run's output.</summary>
    public string AgentLogs => Path.Combine(State, "agents");

    /// <summary>What Slurm itself says of an array's jobs, a file a task; empty ones go away with their task.</summary>
    public string JobLogsOf(Runs.ArrayId array) => Path.Combine(State, "jobs", array.ToString());

    /// <summary>The binaries that jobs start, one for each version that ever submitted.</summary>
    public string Programs => Path.Combine(State, "programs");

    /// <summary>One folder for each pool: its queue, and what its workers have taken.</summary>
    public string Pools => Path.Combine(State, "pools");

    /// <summary>Held while arrays are sent out or put in order, so that two commands never do it at once.</summary>
    public string SubmitLock => Path.Combine(State, "submit.lock");

    /// <summary>Held by the one local agent of this project while it lives.</summary>
    public string LocalLock => Path.Combine(State, "local.lock");

    /// <summary>Held by whoever puts the journal files of many tasks into one.</summary>
    public string CollectLock => Path.Combine(State, "collect.lock");

    /// <summary>Archives made by prune.</summary>
    public string Archive => Path.Combine(State, "archive");

    /// <summary>The runs' own folders: <c>runs/EXPERIMENT/STAGE/PARAMETERS-ID/</c>.</summary>
    public string Runs => Path.Combine(Root, "runs");

    /// <summary>The nearest project at <paramref name="start"/> or above it; null when there is none up to the root of the file system.</summary>
    public static ProjectFolder? Find(string start)
    {
        for (var folder = Path.GetFullPath(start); folder is not null; folder = Path.GetDirectoryName(folder))
            if (System.IO.File.Exists(Path.Combine(folder, FileName)))
                return new(folder);
        return null;
    }

    /// <summary>Makes the folders that a submission writes to. Harmless when they exist.</summary>
    /// <remarks>The state folder ignores itself for git, so that nobody commits a journal by accident.</remarks>
    public void Prepare()
    {
        foreach (var folder in (ReadOnlySpan<string>)[Journal, Manifests, AgentLogs, Arrays])
            Directory.CreateDirectory(folder);
        var ignore = Path.Combine(State, ".gitignore");
        if (!System.IO.File.Exists(ignore))
            System.IO.File.WriteAllText(ignore, "*\n");
    }
}
