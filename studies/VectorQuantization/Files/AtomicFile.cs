using VectorQuantization.Problems;

namespace VectorQuantization.Files;

/// <summary>Files that are there whole or not at all, whenever the program is killed and however full the disk is.</summary>
public static class AtomicFile
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes beside the target under a name of its own, flushes to the disk, renames.</summary>
    /// <param name="path">The target; replaced if it exists. Its folder is made.</param>
    /// <param name="write">Writes the contents; the stream can seek.</param>
    /// <exception cref="BadInputException">It can't be written there: a full disk, a missing permission. Nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var draft = $"{target}.{Environment.ProcessId}.draft";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using (
                var stream = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, BufferBytes)
            )
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(draft, target, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Remove(draft);
            throw new BadInputException($"'{path}' can't be written: {cause.Message}", cause);
        }
        catch
        {
            Remove(draft);
            throw;
        }
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // What stopped the writing is the problem that the user needs to hear of.
        }
    }
}
