using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>HDF5 as a format of vectors.</summary>
internal static class Hdf5Format
{
    public static IReadOnlyList<string> Names(ByteRegion bytes, string path) => Hdf5File.Read(bytes, path).Tables;

    public static VectorSet Open(ByteRegion bytes, string path, OpenSettings settings)
    {
        var file = Hdf5File.Read(bytes, path);
        return file.Open(ElementChoice.Pick(path, file.Tables, settings, "data sets"));
    }
}
