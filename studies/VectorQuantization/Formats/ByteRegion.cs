using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>The bytes of a file: mapped, or, where they had to be unpacked, in memory outside the collected heap.</summary>
public sealed unsafe class ByteRegion : IDisposable
{
    private readonly MemoryMappedViewAccessor? view;
    private readonly ByteRegion? whole;
    private byte* pointer;

    private ByteRegion(MemoryMappedViewAccessor view, long length)
    {
        this.view = view;
        Length = length;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        pointer += view.PointerOffset;
    }

    private ByteRegion(ByteRegion whole, long offset, long length)
    {
        this.whole = whole;
        Length = length;
        pointer = whole.pointer + offset;
    }

    private ByteRegion(long length)
    {
        Length = length;
        pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length), 64);
    }

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <summary>Bytes of memory that can't be dropped and read again from the file: all when unpacked, none when mapped.</summary>
    public long ResidentBytes => whole?.ResidentBytes ?? (view is null ? Length : 0);

    /// <summary>Maps a file.</summary>
    /// <exception cref="BadInputException">There is none, it is empty, or it can't be read.</exception>
    public static ByteRegion Map(string path)
    {
        try
        {
            // Shared with everybody: that takes no lock, which some cluster file systems don't have.
            var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                1
            );
            if (stream.Length == 0)
            {
                stream.Dispose();
                throw new BadInputException(
                    $"'{path}' is empty: 0 bytes. Was the disk full when it was written, or a download cut off?"
                );
            }
            // What is mapped stays so when the file is closed, and a thousand shards are not a thousand open files.
            using var file = MemoryMappedFile.CreateFromFile(
                stream,
                null,
                0,
                MemoryMappedFileAccess.Read,
                HandleInheritability.None,
                leaveOpen: false
            );
            var length = stream.Length;
            return new ByteRegion(file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileProblem.Of(path, cause);
        }
    }

    /// <summary>Memory to unpack into, not cleared.</summary>
    public static ByteRegion Allocate(long length) => new(length);

    /// <summary>A part that stands for the whole: disposing of it disposes of all.</summary>
    public ByteRegion Part(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new ByteRegion(this, offset, length);
    }

    /// <summary>Some of the bytes.</summary>
    public ReadOnlySpan<byte> Span(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new ReadOnlySpan<byte>(pointer + offset, length);
    }

    /// <summary>The first bytes, at most <paramref name="length"/>.</summary>
    public ReadOnlySpan<byte> Start(int length) => Span(0, (int)Math.Min(length, Length));

    /// <summary>Some of the bytes, to be filled by whoever allocated them.</summary>
    public Span<byte> Writable(long offset, int length)
    {
        if (view is not null || whole is not null)
            throw new InvalidOperationException("Mapped files are only read.");
        _ = Span(offset, length);
        return new Span<byte>(pointer + offset, length);
    }

    /// <summary>Some of the bytes as a stream, which must not outlive them.</summary>
    public Stream Stream(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new UnmanagedMemoryStream(pointer + offset, length);
    }

    /// <summary>A little-endian 32-bit integer.</summary>
    public int Int32(long offset) => BinaryPrimitives.ReadInt32LittleEndian(Span(offset, 4));

    /// <summary>A little-endian 64-bit integer.</summary>
    public long Int64(long offset) => BinaryPrimitives.ReadInt64LittleEndian(Span(offset, 8));

    /// <inheritdoc />
    public void Dispose()
    {
        if (pointer is null)
            return;
        if (whole is not null)
        {
            whole.Dispose();
        }
        else if (view is null)
        {
            NativeMemory.AlignedFree(pointer);
        }
        else
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
        }
        pointer = null;
    }
}
