using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Expflow.Executors;

/// <summary>What the journal keeps of the machine that an attempt ran on.</summary>
public sealed record TaskMachine
{
    /// <summary>The partition.</summary>
    public string? Partition { get; init; }

    /// <summary>The node, as Slurm names it.</summary>
    public string? Node { get; init; }

    /// <summary>The names of the job's GPUs: <c>NVIDIA H100 80GB HBM3</c>. One each, so that their number tells how many there are.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>The memory of these GPUs together, in bytes.</summary>
    public long? GpuMemory { get; init; }

    /// <summary>The loaded modules, as <c>LOADEDMODULES</c> has them, with colons between.</summary>
    public string? Modules { get; init; }

    /// <summary>One JSON object; what isn't known is absent.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "partition", Partition);
            Write(json, "node", Node);
            if (Gpus.Count > 0)
            {
                json.WriteStartArray("gpus");
                foreach (var gpu in Gpus)
                    json.WriteStringValue(gpu);
                json.WriteEndArray();
            }
            if (GpuMemory is { } memory)
                json.WriteNumber("gpu_memory", memory);
            Write(json, "modules", Modules);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
