using System.Text.Json;
using System.Text.Json.Serialization;

namespace Expflow.Queues;

/// <summary>Who has taken what stands in a claim folder: <c>agent.json</c> in it.</summary>
public sealed record AgentNote
{
    /// <summary>The name of its journal file: the name of its folder, too.</summary>
    public required string Agent { get; init; }

    /// <summary>Its Slurm job, as Slurm writes it: <c>123_4</c>; null for one that is in none.</summary>
    public string? Job { get; init; }

    /// <summary>How often Slurm had started that job again.</summary>
    public int Restarts { get; init; }

    /// <summary>Its machine.</summary>
    public required string Host { get; init; }

    /// <summary>Its process, as <c>ProcessIdentity</c> writes it.</summary>
    public string? Process { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When its job will be ended; null when nobody knows.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How many runs it carries out at a time.</summary>
    public int Workers { get; init; }

    /// <summary>Its cores, memory in bytes and GPUs.</summary>
    public int Cores { get; init; }

    /// <summary>Memory that it may give to runs, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Its GPUs, as <c>CUDA_VISIBLE_DEVICES</c> has them.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>The text of the file.</summary>
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, QueueJson.Default.AgentNote);

    /// <summary>Reads it; null when it isn't there, or isn't whole.</summary>
    internal static AgentNote? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), QueueJson.Default.AgentNote);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The small JSON files of a pool.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(AgentNote))]
[JsonSerializable(typeof(PoolControl))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class QueueJson : JsonSerializerContext;
