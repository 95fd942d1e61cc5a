namespace Expflow.Queues;

/// <summary>A claim folder as others see it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Path">The folder.</param>
/// <param name="Note">Whose it was made for; null when that can't be read.</param>
/// <param name="BeatAt">When that agent last said that it lives, by the file system's clock.</param>
/// <param name="Batches">What stands in it.</param>
public sealed record Claim(
    PoolFolder Pool,
    string Path,
    AgentNote? Note,
    DateTime? BeatAt,
    IReadOnlyList<BatchName> Batches
)
{
    /// <summary>The agent that it was made for.</summary>
    public string Agent => PartsOf(Path).Agent;

    /// <summary>Whoever has taken it from that agent to put it in order; null while nobody has.</summary>
    public string? Reaper => PartsOf(Path).Reaper;

    /// <summary>Whether the agent would take runs if there were any.</summary>
    public bool IsIdle { get; init; }

    /// <summary>How many runs stand in it, those of its batches that have ended included.</summary>
    public int Runs => Batches.Sum(batch => batch.Runs);

    /// <summary>The claim folders of a pool, by name.</summary>
    public static IReadOnlyList<Claim> All(PoolFolder pool) =>
        [.. Folders(pool).Order(StringComparer.Ordinal).Select(path => Of(pool, path))];

    /// <summary>Takes the folder of an agent that is dead, so that no other does; null when somebody was faster.</summary>
    /// <param name="reaper">The claim folder of whoever takes it: who is dead in turn when that is.</param>
    /// <exception cref="IOException">The project can't be written.</exception>
    public ClaimFolder? Take(ClaimFolder reaper)
    {
        var taken = System.IO.Path.Combine(
            Pool.Claimed,
            Agent + ClaimFolder.TakenBy + System.IO.Path.GetFileName(reaper.Path)
        );
        return Rename.Try(Path, taken) ? new(Pool, taken) : null;
    }

    internal static IEnumerable<string> Folders(PoolFolder pool) =>
        Directory.Exists(pool.Claimed)
            ? Directory
                .EnumerateDirectories(pool.Claimed)
                .Where(path => System.IO.Path.GetFileName(path) is not ['.', ..])
            : [];

    internal static List<BatchName> BatchesIn(string path)
    {
        var names = new List<BatchName>();
        try
        {
            foreach (var file in Directory.EnumerateFiles(path))
                if (BatchName.TryParse(System.IO.Path.GetFileName(file)) is { } name)
                    names.Add(name);
        }
        catch (DirectoryNotFoundException) { }
        return names;
    }

    internal static DateTime? BeatAtOf(string path) =>
        new FileInfo(System.IO.Path.Combine(path, ClaimFolder.Alive)) is { Exists: true } alive
            ? alive.LastWriteTimeUtc
            : null;

    private static Claim Of(PoolFolder pool, string path) =>
        new(pool, path, AgentNote.Read(System.IO.Path.Combine(path, ClaimFolder.Note)), BeatAtOf(path), BatchesIn(path))
        {
            IsIdle = File.Exists(System.IO.Path.Combine(path, ClaimFolder.Idle)),
        };

    private static (string Agent, string? Reaper) PartsOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var at = name.IndexOf(ClaimFolder.TakenBy, StringComparison.Ordinal);
        return at < 0 ? (name, null) : (name[..at], name[(at + ClaimFolder.TakenBy.Length)..]);
    }
}
