using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VectorQuantization.Problems;

namespace VectorQuantization.Files;

/// <summary>A file that describes itself and shows when it was cut off or damaged: magic, a JSON header, contents, checksum.</summary>
/// <remarks>
/// Little-endian: 8 bytes of ASCII that say what it is; version (int32); the header's bytes (int32); the contents' bytes (int64);
/// the header, one JSON object in UTF-8; the contents; the SHA-256 of the contents followed by all that stands before them.
/// </remarks>
internal static class SealedFile
{
    private const int Version = 1;
    private const int PrefixBytes = 24;
    private const int SealBytes = SHA256.HashSizeInBytes;
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes the file beside its place and renames it, so that its name never stands for half a file.</summary>
    /// <param name="path">Replaced if it is there; its folder is made.</param>
    /// <param name="magic">8 ASCII characters.</param>
    /// <param name="header">Writes the properties of the header's object.</param>
    /// <param name="contents">Writes the contents; may not seek.</param>
    /// <returns>The checksum in hexadecimal: the file's fingerprint.</returns>
    /// <exception cref="BadInputException">The file can't be written.</exception>
    public static string Write(string path, string magic, Action<Utf8JsonWriter> header, Action<Stream> contents)
    {
        var fingerprint = "";
        AtomicFile.Write(path, file => fingerprint = WriteTo(file, magic, header, contents));
        return fingerprint;
    }

    /// <summary>Opens a file, checks its checksum and stops before the contents.</summary>
    /// <param name="path">The file.</param>
    /// <param name="magic">What it must begin with.</param>
    /// <param name="what">What it should be, for messages: <c>quantiser</c>.</param>
    /// <exception cref="BadInputException">It is not there, something else, damaged or cut off.</exception>
    public static OpenedFile Open(string path, string magic, string what)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{path}' can't be read as a {what}: {failure.Message}", failure);
        }
        try
        {
            return Checked(file, path, magic, what);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string WriteTo(Stream file, string magic, Action<Utf8JsonWriter> header, Action<Stream> contents)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            header(writer);
            writer.WriteEndObject();
        }
        var before = new byte[PrefixBytes + json.WrittenCount];
        Encoding.ASCII.GetBytes(magic, before);
        BinaryPrimitives.WriteInt32LittleEndian(before.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(before.AsSpan(12), json.WrittenCount);
        json.WrittenSpan.CopyTo(before.AsSpan(PrefixBytes));
        file.Write(before);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var hashed = new HashedStream(file, hash))
            contents(hashed);
        // Only now is it known how long the contents are.
        BinaryPrimitives.WriteInt64LittleEndian(before.AsSpan(16), file.Position - before.Length);
        hash.AppendData(before);
        var seal = hash.GetHashAndReset();
        file.Write(seal);
        file.Position = 0;
        file.Write(before.AsSpan(0, PrefixBytes));
        return Convert.ToHexStringLower(seal);
    }

    private static OpenedFile Checked(FileStream file, string path, string magic, string what)
    {
        var prefix = new byte[PrefixBytes];
        var got = file.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false);
        if (!prefix.AsSpan(0, Math.Min(8, got)).SequenceEqual(Encoding.ASCII.GetBytes(magic)))
            throw new BadInputException(
                $"'{path}' is no {what} of vq-benchmark: it begins with the bytes "
                    + $"{Convert.ToHexStringLower(prefix.AsSpan(0, Math.Min(8, got)))}, not with '{magic}'."
            );
        var version = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8));
        if (got == PrefixBytes && version != Version)
            throw new BadInputException(
                $"'{path}' is a {what} of version {version}; this program reads version {Version}. Make the file anew."
            );
        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(12));
        var contentBytes = BinaryPrimitives.ReadInt64LittleEndian(prefix.AsSpan(16));
        var due = PrefixBytes + headerBytes + contentBytes + SealBytes;
        if (got < PrefixBytes || headerBytes < 0 || contentBytes < 0 || file.Length != due)
            throw new BadInputException(
                $"'{path}' has {file.Length} bytes where its header tells of {due}: it was cut off or damaged. Make it anew."
            );
        var header = new byte[headerBytes];
        file.ReadExactly(header);
        var seal = Seal(file, prefix, header, contentBytes, path);
        file.Position = PrefixBytes + headerBytes;
        return new OpenedFile(path, file, JsonDocument.Parse(header), contentBytes, seal);
    }

    private static string Seal(FileStream file, byte[] prefix, byte[] header, long contentBytes, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (var left = contentBytes; left > 0; )
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }
        hash.AppendData(prefix);
        hash.AppendData(header);
        var seal = buffer.AsSpan(0, SealBytes);
        file.ReadExactly(seal);
        var found = hash.GetHashAndReset();
        if (!seal.SequenceEqual(found))
            throw new BadInputException(
                $"'{path}' is damaged: its checksum is {Convert.ToHexStringLower(seal[..8])}…, its contents' is "
                    + $"{Convert.ToHexStringLower(found.AsSpan(0, 8))}…. Copy it again or make it anew."
            );
        return Convert.ToHexStringLower(found);
    }
}
