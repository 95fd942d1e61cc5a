using System.Text.Json;

namespace Expflow.Executors;

/// <summary>Who carries an attempt out, as its folder says: what the next agent of the same job needs to close it, should this one die.</summary>
/// <param name="Token">What only the attempt's owner knows.</param>
/// <param name="Job">The Slurm job: <c>123_4</c>.</param>
/// <param name="Restarts">How often Slurm had started that job again.</param>
/// <param name="Journal">The name of the agent's journal file.</param>
public sealed record AttemptNote(string Token, string Job, int Restarts, string Journal)
{
    /// <summary>Writes it into the attempt's folder. The file's time is when the attempt began, by the clock that checkpoints have too.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void Write(AttemptFolder folder, AttemptNote note)
    {
        using var file = new FileStream(folder.Note, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("token", note.Token);
        json.WriteString("job", note.Job);
        json.WriteNumber("restarts", note.Restarts);
        json.WriteString("journal", note.Journal);
        json.WriteEndObject();
    }

    /// <summary>Reads it; null when there is none, or none that is whole.</summary>
    public static AttemptNote? Read(AttemptFolder folder)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(folder.Note));
            var root = document.RootElement;
            return new(
                root.GetProperty("token"u8).GetString()!,
                root.GetProperty("job"u8).GetString()!,
                root.GetProperty("restarts"u8).GetInt32(),
                root.GetProperty("journal"u8).GetString()!
            );
        }
        catch (Exception absent)
            when (absent
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }
}
