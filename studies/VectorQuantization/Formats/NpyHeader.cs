using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>What a .npy file says about itself.</summary>
/// <param name="Type">NumPy's type string: <c>&lt;f4</c>.</param>
/// <param name="ColumnMajor">Fortran order.</param>
/// <param name="Shape">Lengths of the axes.</param>
/// <param name="DataStart">Byte offset of the values.</param>
/// <remarks>Source: numpy.lib.format: magic, version, length of the header, a Python dictionary as text.</remarks>
internal sealed partial record NpyHeader(string Type, bool ColumnMajor, long[] Shape, int DataStart)
{
    private const int MostHeaderBytes = 1 << 20;

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NpyHeader Read(ByteRegion bytes, string name)
    {
        var start = bytes.Start(12);
        if (start.Length < 12 || !start.StartsWith(Magic))
            throw new BadInputException($"'{name}' does not begin as .npy files do: \\x93NUMPY.");
        var (length, from) = start[6] switch
        {
            1 => (BinaryPrimitives.ReadUInt16LittleEndian(start[8..]), 10),
            2 or 3 => (BinaryPrimitives.ReadUInt32LittleEndian(start[8..]), 12),
            _ => throw new BadInputException($"'{name}': version {start[6]} of .npy is not known; 1 to 3 are."),
        };
        if (length > MostHeaderBytes || from + length > bytes.Length)
            throw new BadInputException(
                $"'{name}': the header says that it is {length} bytes long; the file has {bytes.Length}. It was cut off or is damaged."
            );
        var text = Encoding.UTF8.GetString(bytes.Span(from, (int)length));
        var fields = Fields().Match(text);
        if (Described().IsMatch(text))
            throw new BadInputException(
                $"'{name}' holds records of named fields. Save the field that holds the vectors alone: np.save(path, x['field'])."
            );
        if (!fields.Success || !Shaped().IsMatch(text) || !Ordered().IsMatch(text))
            throw new BadInputException($"'{name}': the header of .npy can't be read: {text.Trim()}");
        return new NpyHeader(
            fields.Groups[1].Value,
            Ordered().Match(text).Groups[1].Value == "True",
            Axes(Shaped().Match(text).Groups[1].Value, name),
            (int)(from + length)
        );
    }

    private static long[] Axes(string shape, string name)
    {
        var parts = shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var axes = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out axes[i]))
                throw new BadInputException($"'{name}': the header of .npy says the shape ({shape}), which is none.");
        }
        return axes;
    }

    [GeneratedRegex(@"'descr'\s*:\s*['""]([^'""]+)['""]")]
    private static partial Regex Fields();

    [GeneratedRegex(@"'descr'\s*:\s*\[")]
    private static partial Regex Described();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex Shaped();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex Ordered();
}
