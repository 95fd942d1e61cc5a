using VectorQuantization.Files;
using VectorQuantization.Problems;

namespace VectorQuantization.Neighbours;

/// <summary>Blocks of queries that are answered already, beside the file that is to become of them; a killed run goes on from there.</summary>
/// <remarks>
/// The start of a <see cref="GroundTruthFile"/> with another magic, and its SHA-256; then for each block int64 first query, int64
/// queries, ids and distances as there, and a SHA-256 of the block. What follows the last sound block is a torn write and is dropped.
/// </remarks>
internal sealed class PartialGroundTruth : IDisposable
{
    private readonly FileStream stream;
    private readonly int k;

    private PartialGroundTruth(FileStream stream, int k) => (this.stream, this.k) = (stream, k);

    private static ReadOnlySpan<byte> Magic => "VQTRUTHP"u8;

    /// <summary>Where the blocks of this file are.</summary>
    public static string PathOf(string target) => target + ".partial";

    /// <summary>Opens the blocks that are there, or begins.</summary>
    /// <param name="target">The file that it is to become.</param>
    /// <param name="header">What is being done.</param>
    /// <param name="ids">Takes the ids of the queries answered: those of the header, k each.</param>
    /// <param name="distances">Takes their distances.</param>
    /// <param name="answered">How many queries from the start are answered.</param>
    /// <exception cref="BadInputException">Somebody else writes it, it was begun for other work, or it can't be written.</exception>
    public static PartialGroundTruth Open(
        string target,
        GroundTruthHeader header,
        Span<long> ids,
        Span<double> distances,
        out long answered
    )
    {
        var path = PathOf(target);
        try
        {
            if (!File.Exists(path))
                Begin(path, header);
            // Unbuffered: what a full disk didn't take must not be tried once more while the file is closed.
            var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0);
            var partial = new PartialGroundTruth(stream, header.K);
            try
            {
                partial.Resume(path, header);
                answered = partial.ReadBlocks(ids, distances);
                return partial;
            }
            catch
            {
                partial.Dispose();
                throw;
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"'{path}' can't be written: {cause.Message} Another precompute-gt with the same '--out' may be at work.",
                cause
            );
        }
    }

    /// <summary>Adds a block; once this returns, neither a kill nor a power cut loses it.</summary>
    /// <exception cref="BadInputException">The disk is full.</exception>
    public void Append(long first, ReadOnlySpan<long> ids, ReadOnlySpan<double> distances)
    {
        try
        {
            using var to = new ChecksummedStream(stream);
            to.Write<long>([first, ids.Length / k]);
            to.Write(ids);
            to.Write(distances);
            to.Finish();
            stream.Flush(flushToDisk: true);
        }
        catch (IOException cause)
        {
            throw new BadInputException(
                $"'{stream.Name}' can't be written: {cause.Message} What was answered before is kept: make room and give the same command again.",
                cause
            );
        }
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    private static void Begin(string path, GroundTruthHeader header) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                using var to = new ChecksummedStream(stream);
                to.Write<byte>(GroundTruthFile.Start(Magic, header));
                to.Finish();
            }
        );

    private void Resume(string path, GroundTruthHeader header)
    {
        using var from = new ChecksummedStream(stream);
        var begun = GroundTruthFile.ReadStart(path, Magic, from);
        if (!from.Verify())
            throw new BadInputException($"'{path}' is damaged. Remove it to begin again.");
        var differences = string.Join(", ", header.Differences(begun));
        if (differences.Length > 0)
            throw new BadInputException(
                $"'{path}' was begun for other work than is asked for now: {differences}. "
                    + "Give the command that it was begun with, remove it, or choose another '--out'."
            );
    }

    private long ReadBlocks(Span<long> ids, Span<double> distances)
    {
        var answered = 0L;
        var sound = stream.Position;
        while (TryReadBlock(answered, ids, distances) is { } queries)
        {
            answered += queries;
            sound = stream.Position;
        }
        stream.SetLength(sound);
        stream.Position = sound;
        return answered;
    }

    private long? TryReadBlock(long expected, Span<long> ids, Span<double> distances)
    {
        try
        {
            using var from = new ChecksummedStream(stream);
            var place = from.Read<long>(2);
            var at = (int)expected * k;
            if (place[0] != expected || place[1] <= 0 || place[1] > (ids.Length - at) / k)
                return null;
            var blockIds = from.Read<long>(place[1] * k);
            var blockDistances = from.Read<double>(place[1] * k);
            if (!from.Verify())
                return null;
            blockIds.CopyTo(ids[at..]);
            blockDistances.CopyTo(distances[at..]);
            return place[1];
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }
}
