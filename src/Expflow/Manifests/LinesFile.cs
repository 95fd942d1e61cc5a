using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Expflow.Manifests;

/// <summary>Writes files of JSON lines that are never changed: a line for the whole, then a line for each of its parts.</summary>
internal static class LinesFile
{
    private const int FlushAt = 1 << 18;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes the whole file, or nothing: it appears under its name when it is complete and on disk.</summary>
    /// <param name="path">Its name. A file that has it already is replaced in one step.</param>
    /// <param name="writeFirst">Writes the first line.</param>
    /// <param name="parts">What has a line each.</param>
    /// <param name="writePart">Writes one of these lines.</param>
    /// <exception cref="IOException">The disk is full or the folder can't be written: callers turn it into a problem.</exception>
    public static void Write<T>(
        string path,
        Action<Utf8JsonWriter> writeFirst,
        IEnumerable<T> parts,
        Action<Utf8JsonWriter, T> writePart
    )
    {
        var draft = path + ".draft";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                WriteLines(file, writeFirst, parts, writePart);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(draft);
            throw;
        }
    }

    private static void WriteLines<T>(
        FileStream file,
        Action<Utf8JsonWriter> writeFirst,
        IEnumerable<T> parts,
        Action<Utf8JsonWriter, T> writePart
    )
    {
        var buffer = new ArrayBufferWriter<byte>(FlushAt * 2);
        using var json = new Utf8JsonWriter(buffer, Options);
        writeFirst(json);
        EndLine(json, buffer);
        foreach (var part in parts)
        {
            writePart(json, part);
            EndLine(json, buffer);
            if (buffer.WrittenCount < FlushAt)
                continue;
            file.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
        file.Write(buffer.WrittenSpan);
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }
}
