using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>Devices of one kind, typed or not: <c>gpu:rtx8000:2</c>, <c>gpu:2</c>, <c>gpu</c>.</summary>
/// <remarks>Reads also what <c>scontrol</c> and <c>sacct</c> write: <c>gpu:a100:4(S:0-1)</c>, <c>gpu:2(IDX:0-1)</c>, <c>gres:gpu:2</c>, <c>gres/gpu:rtx8000=2</c>.</remarks>
/// <param name="Name">The kind: <c>gpu</c>, <c>mps</c>, <c>shard</c>.</param>
/// <param name="Type">The type, or null for any.</param>
/// <param name="Count">How many, at least 0.</param>
public readonly record struct Gres(string Name, string? Type, long Count)
{
    /// <summary>Reads one; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Gres? gres)
    {
        gres = null;
        text = text?.Trim() ?? "";
        if (text.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket)
            text = text[..bracket];
        if (text.StartsWith("gres/", StringComparison.Ordinal) || text.StartsWith("gres:", StringComparison.Ordinal))
            text = text["gres/".Length..];
        var parts = text.Replace('=', ':').Split(':');
        if (parts.Length > 3 || Array.Exists(parts, part => part is ""))
            return false;
        var count = Amount(parts[^1]);
        gres = (parts, count) switch
        {
            ([var name], _) => new(name, null, 1),
            ([var name, _], { } number) => new(name, null, number),
            ([var name, var type], null) => new(name, type, 1),
            ([var name, var type, _], { } number) => new(name, type, number),
            _ => (Gres?)null,
        };
        return gres is not null;
    }

    /// <summary>Reads a list with commas; of TRES strings (<c>cpu=4,mem=8G,gres/gpu=2</c>) the devices alone. What isn't one is passed over.</summary>
    public static IReadOnlyList<Gres> ParseAll(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text is "(null)" or "N/A" or "n/a")
            return [];
        var parts = Split(text);
        var tres = parts.Exists(part => part.Contains('=', StringComparison.Ordinal));
        var found = new List<Gres>();
        foreach (var part in parts)
            if ((!tres || part.StartsWith("gres/", StringComparison.Ordinal)) && TryParse(part, out var gres))
                found.Add(gres.Value);
        return found;
    }

    /// <summary>How many devices of a kind a list holds. In TRES strings the untyped entry counts all, typed ones are among them.</summary>
    public static long CountOf(IReadOnlyList<Gres> list, string name)
    {
        var untyped = list.Where(gres => gres.Name == name && gres.Type is null).Sum(gres => gres.Count);
        var typed = list.Where(gres => gres.Name == name && gres.Type is not null).Sum(gres => gres.Count);
        return Math.Max(untyped, typed);
    }

    /// <summary>What <c>sbatch --gres</c> takes.</summary>
    public override string ToString() =>
        Type is null
            ? $"{Name}:{Count.ToString(CultureInfo.InvariantCulture)}"
            : $"{Name}:{Type}:{Count.ToString(CultureInfo.InvariantCulture)}";

    // Commas within brackets belong to indices: gpu:2(IDX:0,3).
    private static List<string> Split(string text)
    {
        var (parts, start, depth) = (new List<string>(), 0, 0);
        for (var at = 0; at <= text.Length; at++)
            if (at == text.Length || (text[at] == ',' && depth == 0))
            {
                parts.Add(text[start..at].Trim());
                start = at + 1;
            }
            else if (text[at] is '(' or '[')
                depth++;
            else if (text[at] is ')' or ']')
                depth--;
        return parts;
    }

    // "2", and large counts as "4K".
    private static long? Amount(string text)
    {
        var unit = text[^1] switch
        {
            'K' or 'k' => 1024L,
            'M' or 'm' => 1 << 20,
            'G' or 'g' => 1 << 30,
            _ => 1,
        };
        var digits = unit == 1 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : null;
    }
}
