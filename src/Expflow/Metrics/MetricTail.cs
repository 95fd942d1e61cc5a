using System.Buffers;

namespace Expflow.Metrics;

/// <summary>Follows one file with a reader: each call reads what has been added since the last. A torn last line is left for the next call.</summary>
public sealed class MetricTail(MetricReader reader)
{
    /// <summary>A line longer than this, in bytes, is counted as invalid and passed over.</summary>
    public const int LongestLine = 16 << 20;

    /// <summary>A JSON file that is one document is read only up to this size, in bytes.</summary>
    public const int LongestDocument = 256 << 20;

    private const int Block = 64 << 10;
    private long end = long.MaxValue;
    private bool passing;

    /// <summary>A tail over a source, or the part of a file that it is.</summary>
    /// <param name="source">The file and the part.</param>
    /// <param name="names">Where names get their numbers.</param>
    public static MetricTail Of(MetricSource source, MetricNames names) =>
        new(MetricReader.For(source.Format, source.Path, names))
        {
            Offset = source.Start,
            end = source.Length is { } length ? source.Start + length : long.MaxValue,
        };

    /// <summary>What reads the lines; it holds the counts and problems.</summary>
    public MetricReader Reader => reader;

    /// <summary>Bytes taken so far: where the next call starts.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads what is new. A file that is not there, or not yet, has nothing; one that has become shorter is read on from where it now ends.</summary>
    /// <param name="complete">The program has ended: a last line without an end counts.</param>
    /// <param name="sink">Takes the values.</param>
    public void Read(bool complete, MetricSink sink)
    {
        if (!File.Exists(reader.File) || (reader is JsonReader && !complete))
            return;
        using var file = File.OpenHandle(
            reader.File,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            buffer = ReadOn(file, buffer, complete, sink);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] ReadOn(
        Microsoft.Win32.SafeHandles.SafeFileHandle file,
        byte[] buffer,
        bool complete,
        MetricSink sink
    )
    {
        Offset = Math.Min(Offset, RandomAccess.GetLength(file));
        var held = 0;
        while (true)
        {
            var room = (int)Math.Clamp(end - Offset - held, 0, buffer.Length - held);
            var got = room == 0 ? 0 : RandomAccess.Read(file, buffer.AsSpan(held, room), Offset + held);
            held += got;
            var ended = got == 0;
            var taken = Take(buffer.AsSpan(0, held), complete && ended, sink);
            Offset += taken;
            held -= taken;
            if (ended)
                return buffer;
            buffer.AsSpan(taken, held).CopyTo(buffer);
            if (held == buffer.Length)
                buffer = Grow(buffer, ref held);
        }
    }

    private int Take(ReadOnlySpan<byte> bytes, bool complete, MetricSink sink)
    {
        if (!passing)
            return reader.Read(bytes, complete, sink);
        var lineEnd = reader is JsonReader ? -1 : bytes.IndexOf((byte)'\n');
        passing = lineEnd < 0;
        return passing ? bytes.Length : lineEnd + 1;
    }

    private byte[] Grow(byte[] buffer, ref int held)
    {
        var longest = reader is JsonReader ? LongestDocument : LongestLine;
        if (buffer.Length >= longest)
        {
            reader.PassOver(longest);
            passing = true;
            Offset += held;
            held = 0;
            return buffer;
        }
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
