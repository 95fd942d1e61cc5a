using Expflow.Runs;

namespace Expflow.Queues;

/// <summary>Puts the batches of a submission into a queue, all of them in one step.</summary>
/// <remarks>
/// They are written into a folder that no agent looks into; then the submission is journalled; then one rename makes them visible. A command that is killed
/// between the last two leaves a draft whose submission stands in the journal: whoever comes next publishes it.
/// </remarks>
public static class QueueDrafts
{
    private const string Draft = ".draft-";

    // Syncs of many files at once share the disk's own.
    private const int AtOnce = 16;

    /// <summary>Writes the draft; it is on disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written. Nothing of it is left, and nothing is visible.</exception>
    public static void Write(PoolFolder pool, SubmissionId submission, IReadOnlyList<Batch> batches)
    {
        pool.Prepare();
        var folder = PathOf(pool, submission);
        Directory.CreateDirectory(folder);
        try
        {
            Parallel.ForEach(
                batches,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                batch => batch.WriteTo(folder)
            );
        }
        catch (AggregateException failed) when (failed.InnerException is IOException or UnauthorizedAccessException)
        {
            Remove(pool, submission);
            throw new IOException(failed.InnerException.Message, failed.InnerException);
        }
    }

    /// <summary>Makes the batches of a draft visible. Harmless when somebody else has done so.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public static void Publish(PoolFolder pool, SubmissionId submission) =>
        Rename.Try(PathOf(pool, submission), Path.Combine(pool.Queue, submission.ToString()));

    /// <summary>Throws a draft away.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public static void Remove(PoolFolder pool, SubmissionId submission)
    {
        if (PathOf(pool, submission) is var folder && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The submissions whose batches aren't visible: being written, or left by a command that was killed.</summary>
    public static IReadOnlyList<SubmissionId> Open(PoolFolder pool)
    {
        if (!pool.Exists)
            return [];
        var open = new List<SubmissionId>();
        foreach (var path in Directory.EnumerateDirectories(pool.Queue, Draft + "*"))
            if (SubmissionId.TryParse(Path.GetFileName(path)[Draft.Length..], out var submission))
                open.Add(submission);
        return open;
    }

    /// <summary>Puts one batch into the queue, of runs that have been submitted before: they are to be run again.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written.</exception>
    public static void Add(PoolFolder pool, Batch batch)
    {
        pool.Prepare();
        batch.WriteTo(pool.Returned);
    }

    private static string PathOf(PoolFolder pool, SubmissionId submission) =>
        Path.Combine(pool.Queue, Draft + submission);
}
