namespace VectorQuantization.Formats.Hdf5;

/// <summary>How HDF5 files begin.</summary>
internal static class Hdf5Signature
{
    public static ReadOnlySpan<byte> File => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];
}
