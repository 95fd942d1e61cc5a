using System.Globalization;
using System.Text.RegularExpressions;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Big-ANN files (.fbin, .u8bin, .i8bin, .ibin): uint32 rows, uint32 dimension, then the coordinates, little-endian.</summary>
/// <remarks>
/// Source: https://big-ann-benchmarks.com. A piece of a larger file, <c>base.1B.fbin.crop_nb_10000000</c>, keeps the large file's
/// header: there the size of the file tells the rows.
/// </remarks>
internal static partial class BinFormat
{
    private const int HeaderBytes = 8;

    public static RowLayout Layout(ByteRegion bytes, string name, ElementType element)
    {
        if (bytes.Length < HeaderBytes)
            throw new BadInputException($"'{name}': {bytes.Length} bytes are too few for the header of {HeaderBytes}.");
        var count = (long)(uint)bytes.Int32(0);
        var dimension = (long)(uint)bytes.Int32(4);
        SizeProblem.RequireDimension(name, dimension);
        var rowBytes = dimension * ElementTypes.Bytes(element);
        if (RowsOfCrop(name) is { } cropped)
            count = CroppedRows(bytes.Length, name, cropped, rowBytes);
        SizeProblem.RequireBytes(
            name,
            count,
            dimension,
            HeaderBytes + ((Int128)count * rowBytes),
            bytes.Length,
            " Pieces of a larger file must say so in their name: '….crop_nb_ROWS'."
        );
        return RowLayout.Dense(element, count, (int)dimension, HeaderBytes);
    }

    /// <summary>The name without what marks it as a piece of a larger file.</summary>
    public static string WithoutCrop(string name) => Crop().Replace(name, "");

    private static long? RowsOfCrop(string name) =>
        Crop().Match(name) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var rows)
            ? rows
            : null;

    private static long CroppedRows(long length, string name, long said, long rowBytes)
    {
        var rows = (length - HeaderBytes) / rowBytes;
        if (HeaderBytes + (rows * rowBytes) == length && rows == said)
            return rows;
        throw new BadInputException(
            $"'{name}': the name says {said} rows of {rowBytes} bytes, the file holds "
                + $"{(length - HeaderBytes) / (double)rowBytes:0.##}. It was cut off, or the element type in its name is wrong."
        );
    }

    [GeneratedRegex(@"\.crop_nb_(\d+)$")]
    private static partial Regex Crop();
}
