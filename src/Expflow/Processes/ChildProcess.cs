using System.Runtime.InteropServices;
using System.Text;

namespace Expflow.Processes;

/// <summary>A process that this process has started. Its pid stays its own until <see cref="Wait"/> has returned.</summary>
public sealed unsafe class ChildProcess
{
    private ChildProcess(int pid) => Pid = pid;

    /// <summary>Its pid, which is also the number of its session and of its process group.</summary>
    public int Pid { get; }

    /// <summary>Makes ended children waitable. Once, before the first start: a parent that ignores SIGCHLD hands that down, and the kernel then forgets how children end.</summary>
    public static void KeepEndings() => Native.signal(17, 0); // SIGCHLD, SIG_DFL

    /// <summary>Starts a process.</summary>
    /// <remarks>posix_spawn(3): the parent's memory isn't copied, so a start costs the same however large the agent is.</remarks>
    public static StartOutcome Start(ProcessStart start)
    {
        var actions = stackalloc byte[Native.SpawnStructBytes];
        var attributes = stackalloc byte[Native.SpawnStructBytes];
        using var texts = new NativeTexts();
        Check(Native.posix_spawn_file_actions_init(actions));
        try
        {
            Check(Native.posix_spawn_file_actions_addchdir_np(actions, texts.Add(start.Folder)));
            Check(Native.posix_spawn_file_actions_addopen(actions, 0, texts.Add("/dev/null"), Native.ReadOnly, 0));
            Check(
                Native.posix_spawn_file_actions_addopen(
                    actions,
                    1,
                    texts.Add(start.Output),
                    Native.AppendCreate,
                    Native.ReadWriteWithinUmask
                )
            );
            Check(Native.posix_spawn_file_actions_adddup2(actions, 1, 2));
            OwnSessionAndDefaultSignals(attributes);
            return Spawn(start, actions, attributes, texts);
        }
        finally
        {
            Check(Native.posix_spawn_file_actions_destroy(actions));
        }
    }

    /// <summary>Blocks until the process has ended. Once.</summary>
    public ProcessEnd Wait()
    {
        while (true)
        {
            if (Native.wait4(Pid, out var status, 0, out var usage) == Pid)
                return EndOf(status, usage);
            if (Marshal.GetLastPInvokeError() != Native.Interrupted)
                throw new InvalidOperationException(
                    $"The end of process {Pid} can't be had: {Marshal.GetLastPInvokeErrorMessage()}."
                );
        }
    }

    /// <summary>Sends a signal to the whole process group. Nothing happens when it is gone.</summary>
    public void Signal(int signal) => Native.kill(-Pid, signal);

    private static StartOutcome Spawn(ProcessStart start, byte* actions, byte* attributes, NativeTexts texts)
    {
        var arguments = stackalloc byte*[start.Arguments.Count + 2];
        arguments[0] = texts.Add(start.Program);
        for (var i = 0; i < start.Arguments.Count; i++)
            arguments[i + 1] = texts.Add(start.Arguments[i]);
        arguments[start.Arguments.Count + 1] = null;

        var names = new string[start.Variables.Count];
        var own = new nint[start.Variables.Count];
        for (var i = 0; i < own.Length; i++)
        {
            names[i] = start.Variables[i].Key;
            own[i] = (nint)texts.Add($"{names[i]}={start.Variables[i].Value}");
        }
        var environment = stackalloc byte*[start.Environment.Room(own.Length)];
        start.Environment.Fill(environment, names, own);

        var error = Native.posix_spawn(out var pid, arguments[0], actions, attributes, arguments, environment);
        return error == 0 ? new StartOutcome.Started(new(pid)) : new StartOutcome.Refused(WhyNot(start, error));
    }

    // posix_spawn tells one number for everything that can go wrong on the way: look for what it was about.
    private static string WhyNot(ProcessStart start, int error)
    {
        var about =
            !Directory.Exists(start.Folder) ? start.Folder
            : !File.Exists(start.Program) ? start.Program
            : !Directory.Exists(Path.GetDirectoryName(start.Output)) ? start.Output
            : start.Program;
        return $"'{about}': {Marshal.GetPInvokeErrorMessage(error)}";
    }

    // .NET ignores SIGPIPE and masks nothing; children must not inherit either.
    private static void OwnSessionAndDefaultSignals(byte* attributes)
    {
        var all = stackalloc byte[Native.SignalSetBytes];
        var none = stackalloc byte[Native.SignalSetBytes];
        new Span<byte>(all, Native.SignalSetBytes).Fill(0xFF);
        new Span<byte>(none, Native.SignalSetBytes).Clear();
        Check(Native.posix_spawnattr_init(attributes));
        Check(Native.posix_spawnattr_setsigdefault(attributes, all));
        Check(Native.posix_spawnattr_setsigmask(attributes, none));
        const short flags = Native.SetSession | Native.SetSignalDefaults | Native.SetSignalMask;
        Check(Native.posix_spawnattr_setflags(attributes, flags));
    }

    private static ProcessEnd EndOf(int status, Native.ResourceUsage usage)
    {
        // wait(2): the low seven bits are the signal, or 0 when it ended by itself; the next byte is the exit code.
        var signal = status & 0x7F;
        var cpu =
            TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
            + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds);
        return new(
            signal == 0 ? (status >> 8) & 0xFF : null,
            signal == 0 ? null : signal,
            cpu,
            usage.PeakKibibytes * 1024
        );
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"posix_spawn: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    /// <summary>Texts for C, freed together.</summary>
    private sealed class NativeTexts : IDisposable
    {
        private readonly List<nint> texts = new(32);

        public byte* Add(string text)
        {
            var bytes = (byte*)NativeMemory.Alloc((nuint)Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
            texts.Add((nint)bytes);
            var length = Encoding.UTF8.GetBytes(
                text,
                new Span<byte>(bytes, Encoding.UTF8.GetMaxByteCount(text.Length))
            );
            bytes[length] = 0;
            return bytes;
        }

        public void Dispose()
        {
            foreach (var text in texts)
                NativeMemory.Free((void*)text);
        }
    }
}
