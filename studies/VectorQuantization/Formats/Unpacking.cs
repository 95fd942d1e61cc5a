using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>Reads a stream of known length into memory outside the collected heap.</summary>
internal static class Unpacking
{
    private const int AtOnce = 1 << 20;

    /// <exception cref="BadInputException">The stream is damaged, or shorter or longer than <paramref name="length"/>.</exception>
    public static ByteRegion Exactly(Stream stream, long length, string name)
    {
        var bytes = ByteRegion.Allocate(length);
        try
        {
            for (long at = 0; at < length; )
            {
                var read = stream.Read(bytes.Writable(at, (int)Math.Min(AtOnce, length - at)));
                if (read == 0)
                    throw new BadInputException(
                        $"'{name}' was cut off: it unpacks to {at} bytes where its end says {length}."
                    );
                at += read;
            }
            if (stream.ReadByte() >= 0)
                throw new BadInputException(
                    $"'{name}' unpacks to more than the {length} bytes that its end says: it is damaged, or larger than 4 GiB. Unpack it "
                        + "beside itself (gunzip -k)."
                );
            return bytes;
        }
        catch (InvalidDataException cause)
        {
            bytes.Dispose();
            throw new BadInputException($"'{name}' is damaged: {cause.Message}", cause);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
