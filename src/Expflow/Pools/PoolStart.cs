using System.Text.Json;
using System.Text.Json.Serialization;
using Expflow.Queues;
using Expflow.Runs;

namespace Expflow.Pools;

/// <summary>Allocations that were asked for together, by one <c>sbatch</c>: a file of the pool, which says at every moment how far that has come.</summary>
/// <remarks>Written before the call, replaced as a whole afterwards: a start that a killed command left behind is found, and neither doubled nor forgotten.</remarks>
public sealed record PoolStart
{
    /// <summary>Its id, and the file's name; an array's, since that is what Slurm makes of it.</summary>
    public required string Id { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many allocations.</summary>
    public required int Allocations { get; init; }

    /// <summary>How many runs each carries out at once; null: as its cores and memory allow.</summary>
    public int? Workers { get; init; }

    /// <summary>The Slurm job's name, by which the job is found when the answer of <c>sbatch</c> was lost.</summary>
    public required string JobName { get; init; }

    /// <summary>The job, as <c>sbatch --parsable</c> says it; null as long as nobody knows of one.</summary>
    public string? Job { get; init; }

    /// <summary>Whether it may start.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Whether nothing of it is in Slurm's queue any more.</summary>
    public bool IsOver { get; init; }

    /// <summary>The text that <c>sbatch</c> was given.</summary>
    public required string Script { get; init; }

    private const string Ending = ".json";

    /// <summary>All starts of a pool, oldest first.</summary>
    public static IReadOnlyList<PoolStart> All(PoolFolder pool) =>
        Directory.Exists(FolderOf(pool))
            ?
            [
                .. Directory
                    .EnumerateFiles(FolderOf(pool), "*" + Ending)
                    .Order(StringComparer.Ordinal)
                    .Select(Read)
                    .OfType<PoolStart>(),
            ]
            : [];

    /// <summary>Writes the file, or replaces it; on disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written.</exception>
    public void Write(PoolFolder pool)
    {
        Directory.CreateDirectory(FolderOf(pool));
        var path = PathOf(pool);
        var draft = $"{path}.{Guid.NewGuid():N}.draft";
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, PoolJson.Default.PoolStart));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Forgets a start that came to nothing.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Delete(PoolFolder pool) => File.Delete(PathOf(pool));

    private static PoolStart? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PoolJson.Default.PoolStart);
        }
        catch (Exception gone) when (gone is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private string PathOf(PoolFolder pool) => Path.Combine(FolderOf(pool), Id + Ending);

    private static string FolderOf(PoolFolder pool) => Path.Combine(pool.Path, "starts");

    /// <summary>A start that is about to be made.</summary>
    public static PoolStart Intended(
        PoolName pool,
        ArrayId id,
        DateTimeOffset at,
        int allocations,
        int? workers,
        string script
    ) =>
        new()
        {
            Id = id.ToString(),
            At = at,
            Allocations = allocations,
            Workers = workers,
            JobName = PoolScript.NameOf(pool, id),
            Script = script,
        };
}

/// <summary>The JSON of a pool's starts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(PoolStart))]
internal sealed partial class PoolJson : JsonSerializerContext;
