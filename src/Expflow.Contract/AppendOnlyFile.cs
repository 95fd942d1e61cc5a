using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Expflow.Contract;

/// <summary>A file to which several processes may append whole lines at once.</summary>
/// <remarks>.NET's <see cref="FileMode.Append"/> seeks once and writes there; only <c>O_APPEND</c> moves to the end with every write.</remarks>
internal sealed partial class AppendOnlyFile : IDisposable
{
    // Values of Linux on x64 and arm64 (fcntl.h).
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int ReadableByAll = 0x1A4; // 0644

    private readonly SafeFileHandle handle;

    public AppendOnlyFile(string path)
    {
        var descriptor = Open(path, WriteOnly | Create | Append | CloseOnExec, ReadableByAll);
        if (descriptor < 0)
            throw new IOException(
                $"'{path}' can't be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}."
            );
        handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Appends all bytes with one system call, so that lines of two processes never mix.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, fileOffset: 0);

    public void Dispose() => handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags, int mode);
}
