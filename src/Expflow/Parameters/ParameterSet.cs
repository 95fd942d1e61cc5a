using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Expflow.Parameters;

/// <summary>An assignment of values to parameter names: a point of a sweep, or the parameters of one run. Immutable.</summary>
/// <remarks>
/// The order of the names is the file's and is for show; equality and identity don't depend on it. Points of one sweep share their table of
/// names, so that 100,000 of five parameters cost about 9 MB.
/// </remarks>
public sealed class ParameterSet : IEquatable<ParameterSet>
{
    /// <summary>No parameters.</summary>
    public static readonly ParameterSet Empty = new([], []);

    // Characters that JSON writes as they are.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
    );

    private readonly string[] names;
    private readonly ParameterValue[] values;

    private ParameterSet(string[] names, ParameterValue[] values)
    {
        this.names = names;
        this.values = values;
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>How many parameters there are.</summary>
    public int Count => names.Length;

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public ParameterValue this[string name] =>
        TryGet(name, out var value) ? value : throw new KeyNotFoundException($"No parameter '{name}'.");

    /// <summary>A set over a table of names that other sets may share. Neither array may be changed afterwards; the names are distinct.</summary>
    public static ParameterSet Of(string[] names, ParameterValue[] values) =>
        names.Length == values.Length
            ? new(names, values)
            : throw new ArgumentException($"{names.Length} names, {values.Length} values.", nameof(values));

    /// <summary>A set of these, in this order; a later value of the same name replaces the earlier one.</summary>
    public static ParameterSet Of(IEnumerable<KeyValuePair<string, ParameterValue>> pairs)
    {
        var ordered = new OrderedDictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
            ordered[name] = value;
        return new([.. ordered.Keys], [.. ordered.Values]);
    }

    /// <summary>The value at a position of <see cref="Names"/>.</summary>
    public ParameterValue ValueAt(int position) => values[position];

    /// <summary>The value of a parameter, when there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterValue? value)
    {
        var position = Array.IndexOf(names, name);
        value = position < 0 ? null : values[position];
        return value is not null;
    }

    /// <summary>The parameters named, in the order of <paramref name="wanted"/>; those that this set lacks are left out.</summary>
    /// <remarks>The result holds <paramref name="wanted"/> itself when nothing is lacking, so that many subsets share one table.</remarks>
    public ParameterSet Subset(string[] wanted)
    {
        var chosen = new ParameterValue[wanted.Length];
        for (var i = 0; i < wanted.Length; i++)
            if (!TryGet(wanted[i], out chosen[i]!))
                return Of(
                    wanted
                        .Where(name => Array.IndexOf(names, name) >= 0)
                        .Select(name => KeyValuePair.Create(name, this[name]))
                );
        return new(wanted, chosen);
    }

    /// <summary>These parameters and the other's, whose values win where both have a name.</summary>
    public ParameterSet With(ParameterSet other) => Of(Pairs().Concat(other.Pairs()));

    /// <summary>Name and value, in order.</summary>
    public IEnumerable<KeyValuePair<string, ParameterValue>> Pairs()
    {
        for (var i = 0; i < names.Length; i++)
            yield return KeyValuePair.Create(names[i], values[i]);
    }

    /// <summary>Appends <c>{"lr":0.001,"seed":3}</c> with the names in ordinal order and canonical values: equal bytes, equal sets.</summary>
    public void WriteCanonical(IBufferWriter<byte> bytes)
    {
        var separator = "{";
        foreach (var i in Ordered(stackalloc int[names.Length <= 64 ? names.Length : 0]))
        {
            Encoding.UTF8.GetBytes(separator, bytes);
            WriteName(names[i], bytes);
            Encoding.UTF8.GetBytes(values[i].Canonical, bytes);
            separator = ",";
        }
        Encoding.UTF8.GetBytes(names.Length == 0 ? "{}" : "}", bytes);
    }

    // Positions by ordinal name. By insertion: a handful of names, and 100,000 sets.
    private Span<int> Ordered(Span<int> order)
    {
        if (order.Length < names.Length)
            order = new int[names.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var at = i;
            for (; at > 0 && string.CompareOrdinal(names[order[at - 1]], names[i]) > 0; at--)
                order[at] = order[at - 1];
            order[at] = i;
        }
        return order;
    }

    internal static void WriteName(string name, IBufferWriter<byte> bytes)
    {
        if (name.AsSpan().ContainsAnyExcept(Plain))
        {
            Encoding.UTF8.GetBytes(ParameterValue.Of(name).Canonical, bytes);
            Encoding.UTF8.GetBytes(":", bytes);
            return;
        }
        Encoding.UTF8.GetBytes("\"", bytes);
        Encoding.UTF8.GetBytes(name, bytes);
        Encoding.UTF8.GetBytes("\":", bytes);
    }

    /// <summary>The bytes of <see cref="WriteCanonical"/>.</summary>
    public byte[] CanonicalBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        WriteCanonical(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The same names with equal values, in any order.</summary>
    public bool Equals(ParameterSet? other)
    {
        if (other is null || other.Count != Count)
            return false;
        for (var i = 0; i < names.Length; i++)
        {
            var same =
                other.names[i] == names[i] ? other.values[i]
                : other.TryGet(names[i], out var found) ? found
                : null;
            if (same is null || !(ReferenceEquals(same, values[i]) || same.Equals(values[i])))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A sum, because the order doesn't count.
        var hash = 0;
        for (var i = 0; i < names.Length; i++)
            hash += HashCode.Combine(names[i], values[i]);
        return hash;
    }

    /// <summary><c>lr=0.1,seed=3</c>, as a person reads it.</summary>
    public override string ToString() =>
        string.Join(',', Enumerable.Range(0, names.Length).Select(i => $"{names[i]}={values[i].Display}"));
}
