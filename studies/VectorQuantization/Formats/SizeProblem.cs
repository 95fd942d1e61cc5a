using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>Problems of a header that does not go with what follows.</summary>
internal static class SizeProblem
{
    public static void RequireDimension(string name, long dimension)
    {
        if (dimension is < 1 or > RowLayout.MostDimensions)
            throw new BadInputException(
                $"'{name}': the header says {dimension} coordinates a row, which is outside 1…{RowLayout.MostDimensions}. "
                    + "The file is damaged or of another format than its name says."
            );
    }

    /// <summary>Refuses a file that is shorter or longer than its header says.</summary>
    public static void RequireBytes(
        string name,
        long count,
        long dimension,
        Int128 needed,
        long have,
        string wayOut = ""
    )
    {
        if (needed == have)
            return;
        var what =
            needed > have
                ? $"{needed - have} are missing: it was cut off"
                : $"{have - needed} are left over: the header or the element type in its name is wrong";
        throw new BadInputException(
            $"'{name}': the header says {count} × {dimension}, {needed} bytes in all; the file has {have}. {what}.{wayOut}"
        );
    }
}
