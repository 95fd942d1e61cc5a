using System.Buffers;
using System.Text;

namespace Expflow.Parameters;

/// <summary>Writes what <see cref="ParameterSet.WriteCanonical"/> writes, for many sets over one table of names: the names are put in order and encoded once.</summary>
public sealed class CanonicalNames
{
    private readonly IReadOnlyList<string> table;
    private readonly int[] positions;
    private readonly byte[][] heads;

    /// <summary>For sets with the names of <paramref name="sample"/>.</summary>
    /// <param name="sample">One of the sets.</param>
    /// <param name="chosen">The parameters to write; those that the sets lack are left out.</param>
    public CanonicalNames(ParameterSet sample, IEnumerable<string> chosen)
    {
        table = sample.Names;
        var wanted = chosen.ToHashSet(StringComparer.Ordinal);
        positions =
        [
            .. Enumerable
                .Range(0, table.Count)
                .Where(at => wanted.Contains(table[at]))
                .OrderBy(at => table[at], StringComparer.Ordinal),
        ];
        heads = [.. positions.Select((position, at) => HeadOf(table[position], first: at == 0))];
    }

    /// <summary>Whether this is for sets such as this one: a table that is shared, not one that is merely equal.</summary>
    public bool Fits(ParameterSet set) => ReferenceEquals(table, set.Names);

    /// <summary>Appends the chosen parameters of a set that <see cref="Fits"/>.</summary>
    public void Write(ParameterSet set, IBufferWriter<byte> bytes)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            bytes.Write(heads[i]);
            var value = set.ValueAt(positions[i]).Canonical;
            bytes.Advance(Encoding.UTF8.GetBytes(value, bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
        }
        bytes.Write(heads.Length == 0 ? "{}"u8 : "}"u8);
    }

    private static byte[] HeadOf(string name, bool first)
    {
        var bytes = new ArrayBufferWriter<byte>(32);
        bytes.Write(first ? "{"u8 : ","u8);
        ParameterSet.WriteName(name, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
