namespace Expflow.Processes;

/// <summary>Room on a file system for this user. A quota may be lower: only its own programs tell that.</summary>
/// <param name="FreeBytes">Bytes that can still be written.</param>
/// <param name="FreeFiles">Files that can still be made; null where the file system doesn't count them.</param>
public sealed record DiskSpace(long FreeBytes, long? FreeFiles)
{
    // struct statvfs on 64 bits, in words: block size, fragment size, blocks, free, available; files, free, available.
    private const int Fragment = 1;
    private const int Available = 4;
    private const int Files = 5;
    private const int FilesAvailable = 7;

    /// <summary>The room where a path stands; null when it can't be looked at. Blocks for as long as the file system is away.</summary>
    public static unsafe DiskSpace? Of(string path)
    {
        var facts = stackalloc ulong[Native.FileSystemBytes / sizeof(ulong)];
        if (Native.statvfs(path, facts) != 0)
            return null;
        var bytes = (UInt128)facts[Fragment] * facts[Available];
        return new(
            bytes > long.MaxValue ? long.MaxValue : (long)bytes,
            facts[Files] == 0 || facts[FilesAvailable] > long.MaxValue ? null : (long)facts[FilesAvailable]
        );
    }
}
