namespace Expflow.Queues;

/// <summary>An agent's own folder: <c>claimed/AGENT/</c>. What stands in it is the agent's, until it gives it back or somebody else takes the whole folder.</summary>
/// <remarks>
/// At every moment each run stands in one folder of the pool at least, and in two files only within one claim folder, where <see cref="Read"/> removes doubles.
/// Whoever has lost the folder finds none of its paths any more, so that nothing that a late process does reaches what was given away.
/// </remarks>
public sealed class ClaimFolder
{
    internal const string Note = "agent.json";
    internal const string Alive = "alive";
    internal const string Idle = "idle";
    internal const string TakenBy = ".by-";

    private readonly PoolFolder pool;

    internal ClaimFolder(PoolFolder pool, string path) => (this.pool, Path) = (pool, path);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>False once somebody else has taken it: then nothing in it is this agent's any more.</summary>
    public bool IsThere => Directory.Exists(Path);

    /// <summary>For tests: told before each step that changes the disk.</summary>
    internal Action<string> Step { get; set; } = _ => { };

    /// <summary>Makes the folder of an agent that begins.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public static ClaimFolder Create(PoolFolder pool, AgentNote note)
    {
        pool.Prepare();
        // Whole from the first moment: nobody finds a folder of which they can't tell whose it is.
        var path = System.IO.Path.Combine(pool.Claimed, note.Agent);
        var draft = System.IO.Path.Combine(pool.Claimed, ".draft-" + note.Agent);
        Directory.CreateDirectory(draft);
        File.WriteAllBytes(System.IO.Path.Combine(draft, Note), note.ToJson());
        File.WriteAllText(System.IO.Path.Combine(draft, Alive), "0");
        Rename.Try(draft, path);
        return new(pool, path);
    }

    /// <summary>Says that the agent lives, by the file system's own clock; false when the folder is gone.</summary>
    public bool Beat()
    {
        try
        {
            // Written to, not touched: a client that sets a time sets its own.
            using var file = new FileStream(
                System.IO.Path.Combine(Path, Alive),
                FileMode.Open,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0
            );
            file.Write("1"u8);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>When the agent last said that it lives, by the file system's clock; null when the folder is gone.</summary>
    public DateTime? BeatAt => Claim.BeatAtOf(Path);

    /// <summary>Says whether the agent would take runs if there were any, so that others give up what they can't start soon.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void SayIdle(bool isIdle)
    {
        var file = System.IO.Path.Combine(Path, Idle);
        try
        {
            if (isIdle)
                File.WriteAllText(file, "");
            else
                File.Delete(file);
        }
        catch (DirectoryNotFoundException) { }
    }

    /// <summary>All that stands in it, without doubles: of two lines of one run the one that knows more of it.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public IReadOnlyList<Batch> Read() =>
        WithoutDoubles([.. Claim.BatchesIn(Path).Select(name => Batch.ReadFrom(Path, name))]);

    /// <summary>Gives runs back to the queue: they leave this folder for good, each in one step.</summary>
    /// <param name="back">What goes back, under names that are new.</param>
    /// <param name="kept">What is left of batches that lose runs by this, under their own names.</param>
    /// <param name="over">Batches of which nothing is left here.</param>
    /// <returns>False when the folder was taken away: then the rest is others' to give back.</returns>
    /// <exception cref="IOException">The disk is full. Every run still stands here or in the queue.</exception>
    public bool GiveBack(IReadOnlyList<Batch> back, IReadOnlyList<Batch> kept, IReadOnlyList<BatchName> over)
    {
        try
        {
            foreach (var batch in back)
            {
                Step("write");
                batch.WriteTo(Path);
            }
            // From here on the runs stand in one file only, so that it can go.
            foreach (var batch in kept)
            {
                Step("replace");
                batch.WriteTo(Path);
            }
            foreach (var name in over)
            {
                Step("delete");
                Delete(name);
            }
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        Directory.CreateDirectory(pool.Returned);
        var isWhole = true;
        foreach (var batch in back)
        {
            Step("return");
            isWhole &= PutBack(batch.Name);
        }
        return isWhole;
    }

    /// <summary>Puts a batch back as it is, of which no run was begun; false when the folder was taken away.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public bool PutBack(BatchName name)
    {
        var mine = System.IO.Path.Combine(Path, name.ToString());
        // A network file system may carry a call out twice when its first answer was lost: what is gone from a folder that is there has arrived.
        return Rename.Try(mine, System.IO.Path.Combine(pool.Returned, name.ToString()))
            || (IsThere && !File.Exists(mine));
    }

    /// <summary>Gives back all that is left and removes the folder: an agent ends in good order, or is dead and somebody else puts this right.</summary>
    /// <param name="left">The runs that are still to be carried out, under any names; batches without any are left out.</param>
    /// <param name="random">For their new names.</param>
    /// <returns>False when the folder was taken away.</returns>
    /// <exception cref="IOException">The disk is full. Every run still stands here or in the queue.</exception>
    public bool GiveUp(IEnumerable<Batch> left, Random random)
    {
        var before = Claim.BatchesIn(Path);
        var back = left.Where(batch => batch.Tasks.Count > 0)
            .Select(batch => batch.Renamed(random, batch.Tasks))
            .ToList();
        if (!GiveBack(back, [], [.. before.Except(back.Select(batch => batch.Name))]))
            return false;
        Remove();
        return true;
    }

    /// <summary>All runs of a batch have ended, and the journal that says so is on disk.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public void Delete(BatchName name) => File.Delete(System.IO.Path.Combine(Path, name.ToString()));

    /// <summary>Removes the folder of an agent that ends. Nothing stands in it any more.</summary>
    /// <exception cref="IOException">A batch stands in it, or the project can't be written.</exception>
    public void Remove()
    {
        if (!IsThere)
            return;
        if (Claim.BatchesIn(Path).Count > 0)
            throw new IOException($"'{Path}' still has runs in it.");
        Step("remove");
        Directory.Delete(Path, recursive: true);
    }

    // A run that goes on elsewhere is in the line with the later turn, or the later attempt.
    private static List<Batch> WithoutDoubles(List<Batch> batches)
    {
        var best = new Dictionary<Runs.RunId, (int, int, int)>();
        foreach (var (at, batch) in batches.Index())
        foreach (var task in batch.Tasks)
            if (!best.TryGetValue(task.Run.Id, out var known) || (task.Turn, task.After, at).CompareTo(known) > 0)
                best[task.Run.Id] = (task.Turn, task.After, at);
        return
        [
            .. batches
                .Index()
                .Select(one =>
                    one.Item with
                    {
                        Tasks = [.. one.Item.Tasks.Where(task => best[task.Run.Id].Item3 == one.Index)],
                    }
                ),
        ];
    }
}
