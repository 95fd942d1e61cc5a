using System.Runtime.InteropServices;

namespace Expflow.Queues;

/// <summary>rename(2): the one step in which a batch, or a folder of them, changes hands.</summary>
/// <remarks>Its own, since <see cref="File.Move(string, string)"/> asks more of the disk and tells a lost race by an exception.</remarks>
internal static partial class Rename
{
    private const int NoEntry = 2; // ENOENT

    /// <summary>True when it was done; false when there is no such file or folder, or none to put it into.</summary>
    /// <exception cref="IOException">Anything else.</exception>
    public static bool Try(string from, string to)
    {
        if (rename(from, to) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == NoEntry
            ? false
            : throw new IOException(
                $"'{from}' can't be renamed to '{to}': {Marshal.GetPInvokeErrorMessage(error)}.",
                error
            );
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);
}
