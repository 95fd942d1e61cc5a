using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>An environment that many children share, with a few variables of each child's own on top.</summary>
/// <remarks>The shared variables are turned into native text once: with 5,000 short runs that is most of the cost of a start.</remarks>
public sealed unsafe class EnvironmentBlock
{
    private readonly nint[] entries;
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    /// <summary>A block of these variables. It lives as long as the process: one is made for an agent, not for a run.</summary>
    public EnvironmentBlock(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var texts = new List<nint>();
        foreach (var (name, value) in variables)
        {
            if (positions.TryAdd(name, texts.Count))
                texts.Add(Marshal.StringToCoTaskMemUTF8($"{name}={value}"));
        }
        entries = [.. texts];
    }

    /// <summary>The variables of this process.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfThisProcess()
    {
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            yield return new((string)entry.Key, (string?)entry.Value ?? "");
    }

    /// <summary>How many pointers <see cref="Fill"/> writes at most, for this many variables of a child's own.</summary>
    internal int Room(int own) => entries.Length + own + 1;

    /// <summary>Writes the pointers of the whole environment; <paramref name="own"/> are native texts <c>NAME=value</c>.</summary>
    internal void Fill(byte** table, IReadOnlyList<string> names, nint[] own)
    {
        for (var i = 0; i < entries.Length; i++)
            table[i] = (byte*)entries[i];
        var count = entries.Length;
        for (var i = 0; i < own.Length; i++)
            if (positions.TryGetValue(names[i], out var position))
                table[position] = (byte*)own[i];
            else
                table[count++] = (byte*)own[i];
        table[count] = null;
    }
}
