using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>Says why a process could not be started.</summary>
internal static class StartRefusal
{
    /// <summary>posix_spawn tells one number for everything that can go wrong on the way: this looks for what it was about.</summary>
    public static string Reason(ProcessStart start, int error)
    {
        var about =
            !Directory.Exists(start.Folder) ? start.Folder
            : !File.Exists(start.Program) ? start.Program
            : IsAboutOutput(start, error) ? start.Output
            : start.Program;
        return $"'{about}': {Marshal.GetPInvokeErrorMessage(error)}";
    }

    /// <summary>The first text that can't be handed to C; null when all can.</summary>
    public static string? TextWithNul(ProcessStart start)
    {
        foreach (var argument in start.Arguments)
            if (argument.Contains('\0', StringComparison.Ordinal))
                return argument;
        foreach (var (name, value) in start.Variables)
            if (name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal))
                return $"{name}={value}";
        return null;
    }

    /// <summary>False for a binary, such as one of another architecture.</summary>
    public static bool IsText(string program)
    {
        try
        {
            using var file = File.OpenHandle(program);
            Span<byte> head = stackalloc byte[256];
            return !head[..RandomAccess.Read(file, head, 0)].Contains((byte)0);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsAboutOutput(ProcessStart start, int error) =>
        error switch
        {
            Native.IsFolder or Native.DiskFull or Native.ReadOnlyDisk or Native.QuotaExceeded => true,
            Native.AccessDenied => ProgramSearch.IsExecutable(start.Program),
            Native.NoEntry => !Directory.Exists(Path.GetDirectoryName(Path.Combine(start.Folder, start.Output))),
            _ => false,
        };
}
