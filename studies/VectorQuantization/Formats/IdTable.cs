using System.Runtime.InteropServices;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Rows of whole numbers, exact: neighbours in .ivecs, .ibin, .npy and HDF5 files.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Columns">Numbers a row.</param>
/// <param name="Ids">Row-major.</param>
public sealed record IdTable(long Rows, int Columns, long[] Ids)
{
    private const int NumbersAtOnce = 1 << 18;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">As in <see cref="VectorFile.Open"/>.</param>
    /// <exception cref="BadInputException">It can't be opened, or holds no whole numbers of 32 or 64 bits.</exception>
    public static IdTable Read(string path)
    {
        using var opened = VectorFile.Open(path, new OpenSettings { Preferred = ["neighbors", "ids", "I"] });
        return Of(opened);
    }

    internal static IdTable Of(VectorSet opened)
    {
        if (opened is not StoredVectors stored || stored.Element is not (ElementType.Int32 or ElementType.Int64))
            throw new BadInputException(
                $"'{opened.Origin}' holds {ElementTypes.Name(opened.Element)}; ids are int32 or int64."
            );
        if (stored.Count * stored.Dimension > Array.MaxLength)
            throw new BadInputException(
                $"'{stored.Origin}' holds {stored.Count} × {stored.Dimension} ids, more than the {Array.MaxLength} that are read "
                    + "at once."
            );
        var ids = new long[stored.Count * stored.Dimension];
        var step = Math.Max(1, NumbersAtOnce / stored.Dimension);
        for (long row = 0; row < stored.Count; row += step)
        {
            var count = (int)Math.Min(step, stored.Count - row);
            ReadRows(stored, row, ids.AsSpan((int)(row * stored.Dimension), count * stored.Dimension));
        }
        return new IdTable(stored.Count, stored.Dimension, ids);
    }

    private static void ReadRows(StoredVectors stored, long first, Span<long> ids)
    {
        if (stored.Element == ElementType.Int64)
        {
            stored.ReadStored(first, MemoryMarshal.AsBytes(ids));
            return;
        }
        var narrow = new int[ids.Length];
        stored.ReadStored(first, MemoryMarshal.AsBytes(narrow.AsSpan()));
        for (var i = 0; i < ids.Length; i++)
            ids[i] = narrow[i];
    }
}
