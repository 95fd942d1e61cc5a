using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>A process that this process has started. Its pid stays its own until <see cref="Wait"/> has taken its end.</summary>
/// <remarks>Output and folder are opened by the child: a parent that dies takes nothing from it, so this is also how an agent is detached.</remarks>
public sealed unsafe class ChildProcess
{
    private readonly Lock gate = new();
    private ProcessEnd? end;

    private ChildProcess(int pid) => Pid = pid;

    /// <summary>Its pid, which is also the number of its session and of its process group.</summary>
    public int Pid { get; }

    /// <summary>Makes ended children waitable. Once, before the first start: a parent that ignores SIGCHLD hands that down, and the kernel then forgets how children end.</summary>
    /// <remarks>A handler that stands already, such as the one of <see cref="System.Diagnostics.Process"/>, is left alone.</remarks>
    public static void KeepEndings()
    {
        const nint ignored = 1; // SIG_IGN
        var action = stackalloc byte[Native.SignalActionBytes];
        // The handler is the first field.
        if (Native.sigaction(Native.SigChild, null, action) == 0 && *(nint*)action == ignored)
            Native.signal(Native.SigChild, 0);
    }

    /// <summary>Starts a process.</summary>
    /// <remarks>posix_spawn(3): the parent's memory isn't copied, so a start costs the same however large the agent is.</remarks>
    public static StartOutcome Start(ProcessStart start)
    {
        if (StartRefusal.TextWithNul(start) is { } text)
            return new StartOutcome.Refused(
                $"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL, which no program can be given"
            );
        var outcome = StartFile(start);
        // As execvp(3) and every shell: a script without '#!' is one for the shell.
        return
            outcome is StartOutcome.Refused { Error: Native.NotExecutableFormat } && StartRefusal.IsText(start.Program)
            ? StartFile(start with { Program = "/bin/sh", Arguments = [start.Program, .. start.Arguments] })
            : outcome;
    }

    private static StartOutcome StartFile(ProcessStart start)
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

    /// <summary>Blocks until the process has ended, or the limit is over. Its pid stays its own: no signal can reach a stranger before <see cref="Wait"/>.</summary>
    /// <returns>True when it has ended.</returns>
    public bool WaitForEnd(TimeSpan? limit = null) =>
        HasEnded(limit is null ? 0 : Native.NoWait)
        || (limit is { } within && Pidfd.WaitForEnd(Pid, within, () => HasEnded(Native.NoWait)));

    /// <summary>Blocks until the process has ended and takes its end; from then on its pid may become another's. Asked again, it says the same.</summary>
    public ProcessEnd Wait()
    {
        WaitForEnd();
        lock (gate)
        {
            if (end is { } known)
                return known;
            if (Native.wait4(Pid, out var status, 0, out var usage) != Pid)
                throw NoEnd();
            end = EndOf(status, usage);
            return end.Value;
        }
    }

    /// <summary>Sends a signal to the whole process group. Nothing happens when it is gone.</summary>
    public void Signal(int signal)
    {
        lock (gate)
        {
            if (end is null)
                Native.kill(-Pid, signal);
        }
    }

    private bool HasEnded(int options)
    {
        var information = stackalloc int[Native.SignalInfoBytes / sizeof(int)];
        while (true)
        {
            information[0] = 0;
            var result = Native.waitid(Native.ByPid, Pid, information, Native.Exited | Native.LeaveWaitable | options);
            // With WNOHANG a process that still runs is told by a signal number of 0.
            if (result == 0)
                return information[0] != 0;
            if (Marshal.GetLastPInvokeError() == Native.Interrupted)
                continue;
            lock (gate)
                return end is not null ? true : throw NoEnd();
        }
    }

    private InvalidOperationException NoEnd() =>
        new($"The end of process {Pid} can't be had: {Marshal.GetLastPInvokeErrorMessage()}.");

    private static StartOutcome Spawn(ProcessStart start, byte* actions, byte* attributes, NativeTexts texts)
    {
        var arguments = texts.Table(start.Arguments.Count + 2);
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
        var environment = texts.Table(start.Environment.Room(own.Length));
        start.Environment.Fill(environment, names, own);

        var error = Native.posix_spawn(out var pid, arguments[0], actions, attributes, arguments, environment);
        return error == 0
            ? new StartOutcome.Started(new(pid))
            : new StartOutcome.Refused(StartRefusal.Reason(start, error)) { Error = error };
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
}
