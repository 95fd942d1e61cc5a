using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>The problem of a file whose format neither its name nor its first bytes tell.</summary>
internal static class UnknownFormat
{
    public static BadInputException Of(string path, long length)
    {
        var extension = Path.GetExtension(path);
        var nearest = FileFormats
            .ExtensionList.Where(other => extension.Length > 1 && Distance(extension, other) == 1)
            .ToArray();
        var hint =
            extension == ".bin"
                ? " A .bin file says nothing of its elements: give it another name (ln -s) that ends in .fbin, .u8bin, .i8bin or .ibin."
            : nearest.Length > 0 ? $" Is '{nearest[0]}' meant?"
            : "";
        return new BadInputException(
            $"'{path}' ({length} bytes) is of no format that its name or its first bytes tell. Known are {FileFormats.Extensions}, each also as .gz.{hint}"
        );
    }

    /// <summary>Levenshtein's distance, lower and upper case alike.</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + same));
            }
        }
        return row[^1];
    }
}
