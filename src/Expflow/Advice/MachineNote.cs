using System.Text.Json;

namespace Expflow.Advice;

/// <summary>What the journal keeps of the machine that an attempt ran on. Null and empty: nobody noted it.</summary>
public sealed record MachineNote
{
    /// <summary>Nothing noted: a run on a machine without Slurm.</summary>
    public static readonly MachineNote None = new();

    /// <summary>The partition.</summary>
    public string? Partition { get; init; }

    /// <summary>The names of the GPUs, one each.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>The memory of all these GPUs together, in bytes.</summary>
    public long? GpuMemory { get; init; }

    /// <summary>The loaded modules, with colons between.</summary>
    public string? Modules { get; init; }

    /// <summary>The GPUs' type, or their types: <c>NVIDIA A100-SXM4-40GB</c>.</summary>
    public string? GpuType =>
        Gpus.Count == 0 ? null : string.Join(" + ", Gpus.Distinct().Order(StringComparer.Ordinal));

    /// <summary>Reads <c>JournalEvent.AttemptStarted.Machine</c>; what isn't there, or isn't as expected, is not known.</summary>
    public static MachineNote Read(string? json)
    {
        if (json is null)
            return None;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? None
                : new()
                {
                    Partition = Text(root, "partition"u8),
                    Modules = Text(root, "modules"u8),
                    Gpus =
                        root.TryGetProperty("gpus"u8, out var gpus) && gpus.ValueKind == JsonValueKind.Array
                            ? [.. gpus.EnumerateArray().Select(gpu => gpu.ToString())]
                            : [],
                    GpuMemory =
                        root.TryGetProperty("gpu_memory"u8, out var memory) && memory.TryGetInt64(out var bytes)
                            ? bytes
                            : null,
                };
        }
        // A later version may say it otherwise.
        catch (JsonException)
        {
            return None;
        }
    }

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
