using Expflow.Arrays;
using Expflow.Runs;

namespace Expflow.Queues;

/// <summary>What stands in a pool: counts by names alone, and the runs themselves where they are asked for.</summary>
public sealed record QueueContents
{
    private const int MostLooks = 20;

    private QueueContents(IReadOnlyList<WaitingBatch> waiting, IReadOnlyList<Claim> claims) =>
        (Waiting, Claims) = (waiting, claims);

    /// <summary>Batches that nobody has taken, in the order in which they are to start.</summary>
    public IReadOnlyList<WaitingBatch> Waiting { get; }

    /// <summary>What agents have in hand.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>How many runs wait for nothing but a worker.</summary>
    public int Ready => Waiting.Where(batch => !batch.Name.IsBlocked).Sum(batch => batch.Name.Runs);

    /// <summary>How many runs in the queue waited for others when they were put there.</summary>
    public int Blocked => Waiting.Where(batch => batch.Name.IsBlocked).Sum(batch => batch.Name.Runs);

    /// <summary>How many runs are in batches that agents have taken, those that have ended included.</summary>
    public int Taken => Claims.Sum(claim => claim.Runs);

    /// <summary>A look at a pool.</summary>
    public static QueueContents Of(PoolFolder pool) => new(WaitingBatch.Of(pool), Claim.All(pool));

    /// <summary>
    /// The runs that stand in the pool, drafts included: in the queue, or in an agent's hand. Some may have ended meanwhile, but none that waits is left out,
    /// however batches move while this looks.
    /// </summary>
    /// <exception cref="IOException">The project can't be read.</exception>
    public static IReadOnlySet<RunId> RunsIn(PoolFolder pool)
    {
        var runs = new HashSet<RunId>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // A batch can move behind the reader's back, but a look that finds no file that wasn't read has missed none.
        for (var looks = 0; looks < MostLooks; looks++)
            if (!ReadNew(pool, seen, runs))
                break;
        return runs;
    }

    private static bool ReadNew(PoolFolder pool, HashSet<string> seen, HashSet<RunId> runs)
    {
        var isNew = false;
        foreach (var folder in FoldersOf(pool))
        {
            foreach (var path in FilesOf(folder))
            {
                // What was given back in part has the same name and fewer runs.
                if (BatchName.TryParse(Path.GetFileName(path)) is null || seen.Contains(Path.GetFileName(path)))
                    continue;
                isNew = true;
                if (ReadRuns(path) is not { } placed)
                    continue;
                seen.Add(Path.GetFileName(path));
                foreach (var (_, run, _) in placed)
                    runs.Add(run);
            }
        }
        return isNew;
    }

    private static IEnumerable<string> FoldersOf(PoolFolder pool) =>
        pool.Exists
            ? Directory
                .GetDirectories(pool.Queue)
                .Concat(Claim.Folders(pool))
                .Concat(Directory.GetDirectories(pool.Queue))
            : [];

    private static string[] FilesOf(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static IReadOnlyList<PlacedRun>? ReadRuns(string path)
    {
        try
        {
            return ArrayFile.ReadRunsFrom(path);
        }
        // It has moved on, and is found where it is now.
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
