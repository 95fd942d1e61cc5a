using VectorQuantization.Problems;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>Refusals of files that are damaged, or made in a way that is not read here.</summary>
internal static class Hdf5Damage
{
    /// <summary>Reads a part; whatever goes wrong with its places and sizes becomes a problem of the file.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BadInputException problem) when (!problem.Message.StartsWith('\''))
        {
            throw new BadInputException($"'{path}': {problem.Message}", problem);
        }
        catch (InvalidDataException cause)
        {
            throw new BadInputException($"'{path}' is damaged: what is packed in it can't be unpacked.", cause);
        }
        catch (Exception cause)
            when (cause is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new BadInputException(
                $"'{path}' is damaged or was cut off: something in it points beyond its end.",
                cause
            );
        }
    }

    public static void Require(bool fine, string what)
    {
        if (!fine)
            throw new BadInputException(
                $"{what}. It is damaged, or no HDF5 file that h5py or HDF5 1.6 and later make."
            );
    }

    /// <summary>Refuses what HDF5 allows and this reader does not know.</summary>
    public static BadInputException Unknown(string what) =>
        new($"{what} is not read. 'h5repack -l CONTI OLD NEW' makes a plain file of it.");
}
