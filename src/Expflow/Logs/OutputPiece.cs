namespace Expflow.Logs;

/// <summary>Where an attempt's output stands: a file of its own, or a piece of one that many share.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes; null for all that there is, which may still grow.</param>
public sealed record OutputPiece(string Path, long Start = 0, long? Length = null)
{
    private const int Block = 1 << 16;

    /// <summary>Copies what stands from <paramref name="from"/> on.</summary>
    /// <param name="from">The first byte that is wanted, counted from the beginning of the file.</param>
    /// <param name="to">Where it goes, byte for byte.</param>
    /// <param name="filter">Takes escape sequences out; null leaves them in.</param>
    /// <returns>Where the next copy goes on; <paramref name="from"/> when there is nothing, or no such file.</returns>
    public long Copy(long from, Stream to, EscapeFilter? filter)
    {
        using var file = Open();
        if (file is null)
            return from;
        var end = EndOf(file);
        var block = new byte[Block];
        while (from < end)
        {
            var read = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(Block, end - from)), from);
            if (read == 0)
                break;
            to.Write(block, 0, filter?.Filter(block.AsSpan(0, read)) ?? read);
            from += read;
        }
        to.Flush();
        return from;
    }

    /// <summary>Where the last <paramref name="lines"/> lines begin. Reads backwards from the end, so a file of any size costs only what those lines hold.</summary>
    public long StartOfLast(int lines)
    {
        using var file = Open();
        if (file is null)
            return Start;
        var at = EndOf(file);
        // The line break that ends the last line begins no other.
        var wanted = lines + 1;
        var block = new byte[Block];
        for (var isLast = true; at > Start; isLast = false)
        {
            var length = (int)Math.Min(Block, at - Start);
            at -= length;
            var read = block.AsSpan(0, RandomAccess.Read(file, block.AsSpan(0, length), at));
            if (isLast && read is not [.., (byte)'\n'])
                wanted--;
            for (int found; (found = read.LastIndexOf((byte)'\n')) >= 0; read = read[..found])
                if (--wanted == 0)
                    return at + found + 1;
        }
        return Start;
    }

    private long EndOf(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        return Length is { } piece ? Math.Min(length, Start + piece) : length;
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle? Open() =>
        File.Exists(Path) ? File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite) : null;
}
