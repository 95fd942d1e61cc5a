using System.Buffers.Binary;
using VectorQuantization.Files;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Ground truth in one file that says whose it is. All numbers are little-endian.</summary>
/// <remarks>
/// <list type="number">
/// <item>8 bytes: <c>VQTRUTH</c> and a line feed.</item>
/// <item>uint32: bytes of the JSON that follows, padded with spaces so that what comes next starts on a multiple of 64.</item>
/// <item>JSON object: version, program, metric, k, dimension, base and queries (each name, count, fingerprint, first, rows),
/// queries_of_base, self (<c>keep</c> or <c>exclude</c>).</item>
/// <item>int64, rows × k: ids. float64, rows × k: distances. rows is that of the queries.</item>
/// <item>uint64, rows: hashes of the queries.</item>
/// <item>int64, rows: which row of the base each query is; only if queries_of_base.</item>
/// <item>16 bytes a block of 1024 base rows: hashes of the blocks; only if the base's rows are fewer than its count.</item>
/// <item>32 bytes: SHA-256 of all before.</item>
/// </list>
/// The same work gives the same bytes: no time, host or folder is in it.
/// </remarks>
public static class GroundTruthFile
{
    private const int MostHeaderBytes = 1 << 20;

    /// <summary>The first bytes of such a file.</summary>
    public static ReadOnlySpan<byte> Magic => "VQTRUTH\n"u8;

    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="BadInputException">It can't be written there.</exception>
    public static void Write(string path, GroundTruthHeader header, GroundTruthSections sections) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                using var to = new ChecksummedStream(stream);
                to.Write<byte>(Start(Magic, header));
                to.Write<long>(sections.Ids);
                to.Write<double>(sections.Distances);
                to.Write<ulong>(sections.QueryHashes);
                to.Write<long>(sections.QueryIds);
                to.Write<byte>(sections.BaseBlocks);
                to.Finish();
            }
        );

    /// <summary>Reads it and checks it against its checksum.</summary>
    /// <exception cref="BadInputException">It is missing, damaged, or something else.</exception>
    public static DescribedTruth Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            using var from = new ChecksummedStream(stream);
            var header = ReadStart(path, Magic, from);
            RequireLength(path, header, stream);
            var rows = header.Queries.Rows;
            var sections = new GroundTruthSections
            {
                Ids = from.Read<long>(rows * header.K),
                Distances = from.Read<double>(rows * header.K),
                QueryHashes = from.Read<ulong>(rows),
                QueryIds = from.Read<long>(header.QueriesOfBase ? rows : 0),
                BaseBlocks = from.Read<byte>(BlockBytes(header)),
            };
            if (!from.Verify())
                throw new BadInputException(
                    $"'{path}' is damaged: it doesn't match the checksum at its end. Make it again, or copy it again."
                );
            return new DescribedTruth(path, header, sections);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{path}' can't be read: {cause.Message}", cause);
        }
    }

    /// <summary>Magic, length and JSON.</summary>
    internal static byte[] Start(ReadOnlySpan<byte> magic, GroundTruthHeader header)
    {
        var json = header.ToJson();
        var before = magic.Length + sizeof(uint);
        var start = new byte[(before + json.Length + 63) / 64 * 64];
        start.AsSpan(before).Fill((byte)' ');
        magic.CopyTo(start);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(magic.Length), (uint)(start.Length - before));
        json.CopyTo(start, before);
        return start;
    }

    /// <summary>Reads what <see cref="Start"/> made.</summary>
    /// <exception cref="BadInputException">It is something else, or damaged.</exception>
    internal static GroundTruthHeader ReadStart(string path, ReadOnlySpan<byte> magic, ChecksummedStream from)
    {
        try
        {
            if (!from.Read<byte>(magic.Length).AsSpan().SequenceEqual(magic))
                throw NoGroundTruth(path);
            var length = from.Read<uint>(1)[0];
            if (length > MostHeaderBytes)
                throw new BadInputException(
                    $"'{path}' is damaged: its header claims {length} bytes; there are at most {MostHeaderBytes}. Make it again."
                );
            return GroundTruthHeader.Parse(path, from.Read<byte>(length));
        }
        catch (EndOfStreamException)
        {
            throw NoGroundTruth(path);
        }
    }

    private static BadInputException NoGroundTruth(string path) =>
        new($"'{path}' is no ground truth of vq-benchmark. Make it with 'vq-benchmark precompute-gt'.");

    private static long BlockBytes(GroundTruthHeader header) =>
        header.Base.IsWhole
            ? 0
            : (header.Base.Rows + Fingerprint.BlockRows - 1) / Fingerprint.BlockRows * Fingerprint.BlockBytes;

    // Before anything of that size is asked of memory.
    private static void RequireLength(string path, GroundTruthHeader header, FileStream stream)
    {
        var rows = (Int128)header.Queries.Rows;
        var expected =
            stream.Position
            + (rows * header.K * (sizeof(long) + sizeof(double)))
            + (rows * (header.QueriesOfBase ? 16 : 8))
            + BlockBytes(header)
            + ChecksummedStream.ChecksumBytes;
        if (stream.Length != expected)
            throw new BadInputException(
                $"'{path}' has {stream.Length} bytes; with {rows} queries of {header.K} neighbours it must have {expected}. "
                    + "It was cut off or changed: make it again, or copy it again."
            );
        if (rows * header.K > Array.MaxLength)
            throw new BadInputException(
                $"'{path}' holds {rows} × {header.K} neighbours, more than the {Array.MaxLength} that are read at once."
            );
    }
}
