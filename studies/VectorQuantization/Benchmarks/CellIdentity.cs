using System.Security.Cryptography;
using System.Text;

namespace VectorQuantization.Benchmarks;

/// <summary>A cell's id: the same work on the same data has the same one, wherever and whenever it is done.</summary>
public static class CellIdentity
{
    /// <summary>Counts up when the same settings come to give other numbers: old rows then no longer stand in for new ones.</summary>
    private const int Meaning = 1;

    /// <summary>16 hexadecimal digits: 64 bits of SHA-256 over settings, seed and data.</summary>
    /// <param name="cell">What is done.</param>
    /// <param name="data">Fingerprints of base, queries and training set, the metric and what is measured; in a fixed order.</param>
    public static string Of(Cell cell, IReadOnlyList<(string Name, string Value)> data)
    {
        var text = new StringBuilder($"vq-benchmark {Meaning}\n{cell.Settings.Method}\n");
        foreach (
            var (name, value) in cell
                .Settings.Values.Concat(cell.Search.Values)
                .Append(("seed", $"{cell.Seed}"))
                .Concat(data)
        )
            text.Append(name).Append('=').Append(value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }
}
