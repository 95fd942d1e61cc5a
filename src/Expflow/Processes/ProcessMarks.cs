namespace Expflow.Processes;

/// <summary>Finds processes by a variable of their environment: a mark that children inherit, and that outlives whoever set it.</summary>
public static class ProcessMarks
{
    /// <summary>Pid and value for each live process of this user whose environment has the variable.</summary>
    public static IReadOnlyList<(int Pid, string Value)> Find(string variable)
    {
        var found = new List<(int, string)>();
        var start = variable + "=";
        foreach (var pid in ProcessTable.Pids())
        {
            // Another user's environment can't be read, which is as well: it is none of ours.
            if (pid == Environment.ProcessId || ProcFile.Read($"/proc/{pid}/environ") is not { } environment)
                continue;
            foreach (var entry in environment.Split('\0'))
                if (entry.StartsWith(start, StringComparison.Ordinal))
                {
                    found.Add((pid, entry[start.Length..]));
                    break;
                }
        }
        return found;
    }
}
