using System.Security.Cryptography;
using System.Text;

namespace VectorQuantization.Results;

/// <summary>The identity of a configuration: equal for equal values in the same order, wherever and whenever it is made.</summary>
public static class CellHash
{
    private const int Digits = 32;

    /// <summary>32 hexadecimal digits of a SHA-256 over all names and values.</summary>
    /// <param name="values">Everything that the results depend on, in a fixed order.</param>
    public static string Of(IEnumerable<(string Name, string Value)> values)
    {
        var text = new StringBuilder();
        // With lengths, so that no two lists run into the same text.
        foreach (var (name, value) in values)
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }
}
