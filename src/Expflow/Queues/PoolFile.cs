namespace Expflow.Queues;

/// <summary>Small files that are replaced as a whole, so that nobody reads half of one.</summary>
internal static class PoolFile
{
    /// <summary>Writes a file, or replaces it.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written.</exception>
    public static void Replace(string path, byte[] content)
    {
        // Two who write at once each have a draft of their own.
        var draft = $"{path}.{Guid.NewGuid():N}.draft";
        File.WriteAllBytes(draft, content);
        File.Move(draft, path, overwrite: true);
    }
}
