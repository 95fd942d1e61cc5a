using System.Text;

namespace Expflow.Metrics;

/// <summary>Numbers for metric names, given in the order in which the names are first seen. For one thread.</summary>
public sealed class MetricNames
{
    private readonly List<string> names = [];
    private readonly List<byte[]> bytes = [];
    private int[] slots = new int[64]; // number + 1; 0 is free

    /// <summary>How many names there are.</summary>
    public int Count => names.Count;

    /// <summary>The name with this number.</summary>
    public string this[int number] => names[number];

    /// <summary>The number of a name in UTF-8, new when the name is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="guess">A number that it probably has: lines of one file name the same metrics in the same order.</param>
    public int Number(ReadOnlySpan<byte> name, int guess = -1)
    {
        if ((uint)guess < (uint)bytes.Count && name.SequenceEqual(bytes[guess]))
            return guess;
        var slot = Find(name);
        return slots[slot] > 0 ? slots[slot] - 1 : Add(name, slot);
    }

    /// <summary>The number of a name, new when the name is.</summary>
    public int Number(string name) => Number(Encoding.UTF8.GetBytes(name));

    private int Add(ReadOnlySpan<byte> name, int slot)
    {
        bytes.Add(name.ToArray());
        names.Add(Encoding.UTF8.GetString(name));
        slots[slot] = names.Count;
        if (names.Count * 2 > slots.Length)
            Grow();
        return names.Count - 1;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var number = 0; number < bytes.Count; number++)
            slots[Find(bytes[number])] = number + 1;
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        var mask = slots.Length - 1;
        var slot = (int)Hash(name) & mask;
        while (slots[slot] > 0 && !name.SequenceEqual(bytes[slots[slot] - 1]))
            slot = (slot + 1) & mask;
        return slot;
    }

    // FNV-1a: names are short.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var b in name)
            hash = (hash ^ b) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
