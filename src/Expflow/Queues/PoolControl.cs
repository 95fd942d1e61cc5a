using System.Text.Json;
using System.Text.Json.Serialization;

namespace Expflow.Queues;

/// <summary>What a pool's agents are to do, as commands last said.</summary>
/// <param name="State">Whether they take runs.</param>
/// <param name="Serial">Goes up with each word, so that agents see that there is one; 0 when nothing was ever said.</param>
public sealed record PoolControl(PoolState State, long Serial)
{
    /// <summary>A pool of which nothing was ever said: open.</summary>
    public static PoolControl Open { get; } = new(PoolState.Open, 0);

    /// <summary>What holds now.</summary>
    public static PoolControl Read(PoolFolder pool)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(pool.Control), QueueJson.Default.PoolControl) ?? Open;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException)
        {
            return Open;
        }
    }

    /// <summary>
    /// Says something to all agents: a state, or the one that holds once more, so that they read what the journal has to say, such as cancelled runs.
    /// The caller holds the project's submit lock.
    /// </summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public static PoolControl Say(PoolFolder pool, PoolState? state = null)
    {
        pool.Prepare();
        var before = Read(pool);
        var after = new PoolControl(state ?? before.State, before.Serial + 1);
        PoolFile.Replace(pool.Control, JsonSerializer.SerializeToUtf8Bytes(after, QueueJson.Default.PoolControl));
        return after;
    }
}

/// <summary>Whether the agents of a pool take runs.</summary>
public enum PoolState
{
    /// <summary>They do.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>They take nothing new, let end what runs, give back the rest, and end.</summary>
    [JsonStringEnumMemberName("draining")]
    Draining,

    /// <summary>The same, and what runs is asked to save and end; it goes back into the queue.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,
}
