using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Expflow.Processes;

/// <summary>A lock that one process holds until it ends, however it ends: flock(2) on a file that names the holder.</summary>
public sealed class FileLock : IDisposable
{
    // Whoever asks for the holder has the lock for microseconds: that must not look like a holder.
    private const int Tries = 10;

    // What stands behind the holder's pid and host.
    private const string Held = " at work\n";
    private const string Leaving = " leaving\n";

    private readonly SafeFileHandle file;

    private FileLock(SafeFileHandle file) => this.file = file;

    /// <summary>Takes the lock, or returns null within hundredths of a second when somebody else holds it.</summary>
    /// <exception cref="IOException">The file can't be made or written.</exception>
    public static FileLock? TryTake(string path) => TryTake(path, Pause);

    /// <summary>As above; <paramref name="pause"/> lets somebody who only asks for the holder finish.</summary>
    internal static FileLock? TryTake(string path, Action pause)
    {
        var file = Open(path, Native.ReadWriteCreate);
        if (!Lock(file, Native.LockExclusive, Tries, pause, out var error))
        {
            file.Dispose();
            return error == Native.WouldBlock
                ? null
                : throw new IOException($"'{path}' can't be locked: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
        var taken = new FileLock(file);
        taken.Announce();
        return taken;
    }

    /// <summary>Names this process as the holder.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Announce() => Write(Held);

    /// <summary>Says that the lock is about to be given back; <see cref="IsLeaving"/> then tells it to whoever asks.</summary>
    public void Withdraw() => Write(Leaving);

    /// <summary>True when the holder, if there is one, has said that it is about to give the lock back, or has only just taken it.</summary>
    public static bool IsLeaving(string path) =>
        File.Exists(path) && !TextOf(path).EndsWith(Held, StringComparison.Ordinal);

    /// <summary>False when the file was deleted or replaced: somebody else may then hold a lock of the same name.</summary>
    public bool IsInPlace =>
        File.ResolveLinkTarget($"/proc/self/fd/{file.DangerousGetHandle()}", returnFinalTarget: false)
            is not { FullName: var target }
        || !target.EndsWith(" (deleted)", StringComparison.Ordinal);

    /// <summary>
    /// The pid of the process that holds the lock now; null when nobody does; 0 when it has only just taken it, or is on another host: a pid of
    /// there is a stranger's here. Works in a read-only folder.
    /// </summary>
    public static int? Holder(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = Open(path, Native.ReadOnlyClosedOnExec);
        if (Lock(file, Native.LockShared, 1, Pause, out _))
            return null;
        return
            TextOf(file).Split(' ') is [var name, var host, ..]
            && host == Environment.MachineName
            && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? pid
            : 0;
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => file.Dispose();

    private void Write(string state)
    {
        var text = Encoding.UTF8.GetBytes($"{Environment.ProcessId} {Environment.MachineName}{state}");
        RandomAccess.Write(file, text, 0);
        RandomAccess.SetLength(file, text.Length);
    }

    private static string TextOf(string path)
    {
        using var file = Open(path, Native.ReadOnlyClosedOnExec);
        return TextOf(file);
    }

    private static string TextOf(SafeFileHandle file)
    {
        var bytes = new byte[512];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }

    private static unsafe void Pause() => Native.poll(null, 0, 1);

    private static bool Lock(SafeFileHandle file, int kind, int tries, Action pause, out int error)
    {
        while (true)
        {
            if (Native.flock((int)file.DangerousGetHandle(), kind | Native.LockDontWait) == 0)
            {
                error = 0;
                return true;
            }
            error = Marshal.GetLastPInvokeError();
            if (error != Native.Interrupted && (error != Native.WouldBlock || --tries == 0))
                return false;
            pause();
        }
    }

    // File.OpenHandle takes a shared flock of its own on every file that it opens, and so refuses to open a locked one.
    private static SafeFileHandle Open(string path, int flags)
    {
        var descriptor = Native.open(path, flags, Native.ReadWriteWithinUmask);
        return descriptor >= 0
            ? new(descriptor, ownsHandle: true)
            : throw new IOException($"'{path}' can't be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
    }
}
