using System.Globalization;
using System.Text.Json;

namespace Expflow.Queues;

/// <summary>The longest that a run of each stage took in a pool, for stages that don't say how long they may take.</summary>
/// <remarks>Agents share it through one small file. Two who write at once may lose one of the two, which a later longer run puts right.</remarks>
public sealed class StageTimes(PoolFolder pool)
{
    // A run that is a little longer than all before it is no reason to write.
    private const double WorthTelling = 1.1;

    private readonly Dictionary<uint, double> longest = [];
    private bool isNew;

    /// <summary>The longest known, in seconds; null when none has ended yet.</summary>
    public double? Longest(uint stage) => longest.TryGetValue(stage, out var seconds) ? seconds : null;

    /// <summary>A run has ended.</summary>
    public void Note(uint stage, double seconds)
    {
        if (longest.TryGetValue(stage, out var known) && seconds <= known * WorthTelling)
            return;
        longest[stage] = seconds;
        isNew = true;
    }

    /// <summary>Takes in what others have seen, and tells them what is new.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written.</exception>
    public void Share()
    {
        Merge();
        if (!isNew)
            return;
        var all = longest.ToDictionary(
            pair => pair.Key.ToString("x8", CultureInfo.InvariantCulture),
            pair => Math.Round(pair.Value, 3)
        );
        PoolFile.Replace(
            pool.Times,
            JsonSerializer.SerializeToUtf8Bytes(all, QueueJson.Default.DictionaryStringDouble)
        );
        isNew = false;
    }

    private void Merge()
    {
        try
        {
            var read = JsonSerializer.Deserialize(
                File.ReadAllBytes(pool.Times),
                QueueJson.Default.DictionaryStringDouble
            );
            foreach (var (key, seconds) in read ?? [])
                if (uint.TryParse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var stage))
                    longest[stage] = Math.Max(seconds, longest.GetValueOrDefault(stage));
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException) { }
    }
}
