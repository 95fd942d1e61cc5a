using System.Buffers.Binary;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>IDX files (MNIST): two zero bytes, element type, number of axes, their lengths as big-endian int32, then the values.</summary>
/// <remarks>Source: http://yann.lecun.com/exdb/mnist. All axes after the first together are a row: 28 × 28 pixels are 784 coordinates.</remarks>
internal static class IdxFormat
{
    public static bool Is(ReadOnlySpan<byte> start) =>
        start.Length >= 8
        && start[0] == 0
        && start[1] == 0
        && start[2] is 0x08 or 0x09 or (>= 0x0B and <= 0x0E)
        && start[3] is >= 1 and <= 8;

    public static RowLayout Layout(ByteRegion bytes, string name)
    {
        var start = bytes.Start(4 + (8 * 4));
        if (!Is(start))
            throw new BadInputException($"'{name}' does not begin as IDX files do: 00 00, type, number of axes.");
        var axes = start[3];
        if (start[2] > 0x09)
            throw new BadInputException(
                $"'{name}': IDX values of type 0x{start[2]:X2} are big-endian; only bytes (0x08, 0x09) are read. Write them as .npy."
            );
        if (axes < 2)
            throw new BadInputException($"'{name}' has one axis: these are labels, not vectors.");
        var header = 4 + (4 * axes);
        if (start.Length < header)
            throw new BadInputException($"'{name}': {bytes.Length} bytes are too few for the header of {header}.");
        long count = BinaryPrimitives.ReadUInt32BigEndian(start[4..]);
        Int128 dimension = 1;
        for (var axis = 1; axis < axes; axis++)
            dimension *= BinaryPrimitives.ReadUInt32BigEndian(start[(4 + (4 * axis))..]);
        SizeProblem.RequireDimension(name, (long)Int128.Min(dimension, long.MaxValue));
        SizeProblem.RequireBytes(name, count, (long)dimension, header + (count * dimension), bytes.Length);
        return RowLayout.Dense(start[2] == 0x08 ? ElementType.UInt8 : ElementType.Int8, count, (int)dimension, header);
    }
}
