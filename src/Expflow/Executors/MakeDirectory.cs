using System.Runtime.InteropServices;

namespace Expflow.Executors;

/// <summary>mkdir(2), since <see cref="Directory.CreateDirectory(string)"/> doesn't say whether it was we who made it.</summary>
internal static partial class MakeDirectory
{
    private const int AlreadyExists = 17; // EEXIST
    private const uint AllWithinUmask = 0x1FF; // 0777

    /// <summary>True when this call made the folder, false when it was there.</summary>
    /// <exception cref="IOException">Anything else.</exception>
    public static bool Exclusively(string path)
    {
        if (mkdir(path, AllWithinUmask) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == AlreadyExists
            ? false
            : throw new IOException($"'{path}' can't be made: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string path, uint mode);
}
