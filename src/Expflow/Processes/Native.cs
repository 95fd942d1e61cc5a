using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>What the C library of Linux offers for processes. Constants are those of x86-64 and arm64, which agree on all of these.</summary>
internal static unsafe partial class Native
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int SigChild = 17;
    public const int NoWait = 1; // WNOHANG
    public const int Exited = 4; // WEXITED
    public const int LeaveWaitable = 0x01000000; // WNOWAIT
    public const int ByPid = 1; // P_PID
    public const int Interrupted = 4; // EINTR
    public const int WouldBlock = 11; // EWOULDBLOCK
    public const int NoSuchProcess = 3; // ESRCH
    public const int NotExecutableFormat = 8; // ENOEXEC
    public const int AccessDenied = 13; // EACCES
    public const int NoEntry = 2; // ENOENT
    public const int IsFolder = 21; // EISDIR
    public const int DiskFull = 28; // ENOSPC
    public const int ReadOnlyDisk = 30; // EROFS
    public const int QuotaExceeded = 122; // EDQUOT

    public const int ReadOnly = 0;
    public const int ReadOnlyClosedOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    public const int AppendCreate = 0x1 | 0x40 | 0x400; // O_WRONLY | O_CREAT | O_APPEND
    public const int ReadWriteCreate = 0x2 | 0x40 | 0x80000; // O_RDWR | O_CREAT | O_CLOEXEC
    public const uint ReadWriteWithinUmask = 0x1B6; // 0666

    // Generous: glibc's are 336 and 80 bytes, musl's are no larger.
    public const int SpawnStructBytes = 512;
    public const int SignalSetBytes = 128;
    public const short SetSignalDefaults = 0x04;
    public const short SetSignalMask = 0x08;
    public const short SetSession = 0x80;

    public const int LockShared = 1;
    public const int LockExclusive = 2;
    public const int LockDontWait = 4;

    public const short PollIn = 1;
    public const long PidfdSendSignal = 424; // the same number on every architecture, since Linux 5.1
    public const long PidfdOpen = 434; // the same number on every architecture, since Linux 5.3

    // Both larger than glibc's: 152 and 128 bytes.
    public const int SignalActionBytes = 256;
    public const int SignalInfoBytes = 256;

    /// <summary>struct rusage: two times of two longs, then fourteen longs, of which the first is the peak of resident memory in KiB.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        public long PeakKibibytes;
        public fixed long Rest[13];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    // glibc's is 112 bytes on 64 bits, musl's too.
    public const int FileSystemBytes = 256;

    // struct passwd on 64 bits: name, password, two ids of four bytes, comment, and then the home.
    public const int HomeInPassword = 32;

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc")]
    public static partial byte* getpwuid(uint user);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statvfs(string path, ulong* facts);

    [LibraryImport("libc")]
    public static partial int posix_spawn(
        out int pid,
        byte* path,
        void* fileActions,
        void* attributes,
        byte** arguments,
        byte** environment
    );

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addopen(
        void* actions,
        int descriptor,
        byte* path,
        int flags,
        uint mode
    );

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, byte* signals);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigmask(void* attributes, byte* signals);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int wait4(int pid, out int status, int options, out ResourceUsage usage);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitid(int kind, int id, void* information, int options);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int sigaction(int signal, void* replacement, void* current);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    public static partial long syscall(long number, long first, long second);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial long syscall4(long number, long first, long second, long third, long fourth);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(PollFd* descriptors, ulong count, int timeoutMilliseconds);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc")]
    public static partial nint signal(int number, nint handler);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int sched_getaffinity(int pid, nuint bytes, byte* mask);
}
