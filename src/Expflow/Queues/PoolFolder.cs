using Expflow.Projects;
using Expflow.Runs;

namespace Expflow.Queues;

/// <summary>Where a pool keeps its queue and what its agents have taken: <c>.expflow/pools/NAME/</c>.</summary>
/// <param name="Project">The project.</param>
/// <param name="Name">The pool.</param>
public sealed record PoolFolder(ProjectFolder Project, PoolName Name)
{
    /// <summary>The folder itself.</summary>
    public string Path => System.IO.Path.Combine(Project.Pools, Name.ToString());

    /// <summary>Batches that nobody has taken: a folder a submission, and <see cref="Returned"/>.</summary>
    public string Queue => System.IO.Path.Combine(Path, "queue");

    /// <summary>Batches that came back, and single ones that were added later.</summary>
    public string Returned => System.IO.Path.Combine(Queue, ReturnedName);

    /// <summary>A folder for each agent, with the batches that it has in hand.</summary>
    public string Claimed => System.IO.Path.Combine(Path, "claimed");

    /// <summary>What agents are to do: see <see cref="PoolControl"/>.</summary>
    public string Control => System.IO.Path.Combine(Path, "control.json");

    /// <summary>How long runs took: see <see cref="StageTimes"/>.</summary>
    public string Times => System.IO.Path.Combine(Path, "times.json");

    /// <summary>What Slurm itself, and the agents, have to say, a file a job.</summary>
    public string Logs => System.IO.Path.Combine(Path, "jobs");

    internal const string ReturnedName = "returned";

    /// <summary>Whether there is such a pool.</summary>
    public bool Exists => Directory.Exists(Queue);

    /// <summary>Makes the folders. Harmless when they exist.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public void Prepare()
    {
        foreach (var folder in (ReadOnlySpan<string>)[Returned, Claimed, Logs])
            Directory.CreateDirectory(folder);
    }

    /// <summary>All pools of a project, by name.</summary>
    public static IReadOnlyList<PoolFolder> All(ProjectFolder project) =>
        Directory.Exists(project.Pools)
            ?
            [
                .. Directory
                    .EnumerateDirectories(project.Pools)
                    .Order(StringComparer.Ordinal)
                    .Select(path =>
                        PoolName.TryParse(System.IO.Path.GetFileName(path), out var name)
                            ? new PoolFolder(project, name)
                            : null
                    )
                    .OfType<PoolFolder>()
                    .Where(pool => pool.Exists),
            ]
            : [];
}
