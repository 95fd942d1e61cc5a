using System.Text.RegularExpressions;

namespace Expflow.Slurm;

/// <summary>What <c>scontrol show … -o</c> says of one thing: keys and values as they came.</summary>
public sealed partial class SlurmRecord
{
    private readonly Dictionary<string, string> values;

    private SlurmRecord(Dictionary<string, string> values) => this.values = values;

    /// <summary>All keys, in their order, with their values as they came (<c>(null)</c>, <c>N/A</c> and <c>UNLIMITED</c> too).</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>A value; null where the key is missing or says that there is none (<c>(null)</c>, <c>N/A</c>, <c>None</c>).</summary>
    public string? this[string key] => values.GetValueOrDefault(key) is { } value ? SlurmTime.Text(value) : null;

    /// <summary>A whole number at a value's start (<c>300 sec</c>); null where there is none, and for <c>UNLIMITED</c>.</summary>
    public long? Number(string key) =>
        this[key] is { } value && value.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end
            ? SlurmTime.Number(end < 0 ? value : value[..end])
            : null;

    /// <summary>A duration (<c>1-00:00:00</c>); null where there is none, and for <c>UNLIMITED</c>.</summary>
    public TimeSpan? Duration(string key) => this[key] is { } value ? SlurmTime.Duration(value) : null;

    /// <summary>A time; null where there is none.</summary>
    public DateTimeOffset? Time(string key) => this[key] is { } value ? SlurmTime.Parse(value) : null;

    /// <summary>Reads <c>Key=Value Key=Value</c> on one line. Of a key that comes twice the first counts.</summary>
    internal static SlurmRecord ReadLine(string line)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // A value may hold blanks (job names, OS): a new key is a word with a capital and '=' behind it.
        foreach (var part in KeyAhead().Split(line))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                values.TryAdd(part[..at].Trim(), part[(at + 1)..].Trim());
        return new(values);
    }

    /// <summary>Reads <c>Key = Value</c>, one a line.</summary>
    internal static SlurmRecord ReadLines(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n'))
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                values.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim());
        return new(values);
    }

    /// <summary>Reads one record a line; lines without a key are passed over.</summary>
    internal static IReadOnlyList<SlurmRecord> ReadAll(string text) =>
        [.. text.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal)).Select(ReadLine)];

    [GeneratedRegex(@"\s+(?=[A-Z][\w/:.]*=)")]
    private static partial Regex KeyAhead();
}
