namespace Expflow.Processes;

/// <summary>Finds processes by a variable of their environment: a mark that children inherit, and that outlives whoever set it.</summary>
public static class ProcessMarks
{
    // A process that is just becoming another program shows an empty environment for a moment. Looked at so often, with a pause
    // for it to run in between; a process that was started without any environment is given up after that.
    private const int Looks = 8;

    /// <summary>Pid and value for each live process of this user whose environment has the variable.</summary>
    public static IReadOnlyList<(int Pid, string Value)> Find(string variable)
    {
        var found = new List<(int, string)>();
        var start = variable + "=";
        var left = ProcessTable.Pids().Where(pid => pid != Environment.ProcessId).ToArray();
        for (var look = 0; look < Looks && left.Length > 0; look++)
        {
            if (look > 0)
                Thread.Yield();
            left = [.. left.Where(pid => !Looked(pid, start, found) && HasMemory(pid))];
        }
        return found;
    }

    // False when there was nothing to be seen.
    private static bool Looked(int pid, string start, List<(int, string)> found)
    {
        // Another user's environment can't be read, which is as well: it is none of ours.
        if (ProcFile.Read($"/proc/{pid}/environ") is not { } environment)
            return true;
        foreach (var entry in environment.Split('\0'))
            if (entry.StartsWith(start, StringComparison.Ordinal))
            {
                found.Add((pid, entry[start.Length..]));
                break;
            }
        return environment.Length > 0;
    }

    // Threads of the kernel and processes that have ended have neither environment nor memory.
    private static bool HasMemory(int pid) =>
        ProcFile.Read($"/proc/{pid}/statm") is { } memory && !memory.StartsWith("0 ", StringComparison.Ordinal);
}
