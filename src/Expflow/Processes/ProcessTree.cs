namespace Expflow.Processes;

/// <summary>Ends everything that one start has led to.</summary>
public static class ProcessTree
{
    // Each round finds what the round before was too late for; a program that forks faster than it is killed ends here all the same.
    private const int MostRounds = 100;

    // A killed process may still be waiting for its disk; it does nothing more, but its files are closed only then.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Kills the processes of a session, their descendants, and all that carry the mark: a process that left its session and whose
    /// parent has ended is known by nothing else. Looks again until nobody new is found. This process is never among them.
    /// </summary>
    /// <param name="session">The session's first pid; 0 when only the mark is known.</param>
    /// <param name="variable">The variable that holds the mark.</param>
    /// <param name="value">The mark. Not empty.</param>
    /// <returns>How many processes were killed.</returns>
    public static int Kill(int session, string variable, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        var killed = new HashSet<int>();
        for (var round = 0; round < MostRounds; round++)
        {
            var fresh = Members(session, variable, value).Where(killed.Add).ToList();
            if (fresh.Count == 0)
                break;
            foreach (var pid in fresh)
                new ForeignProcess(pid).Kill();
            foreach (var pid in fresh)
                Pidfd.WaitForEnd(pid, MostWait, () => !new ForeignProcess(pid).IsAlive);
        }
        return killed.Count;
    }

    // 0 is the session of the kernel's own threads, 1 that of the first process.
    private static IEnumerable<int> Members(int session, string variable, string value)
    {
        var members = session > 1 ? ProcessTable.Read().TreeOf(session) : [];
        var marked = ProcessMarks.Find(variable).Where(found => found.Value == value).Select(found => found.Pid);
        return members.Concat(marked).Where(pid => pid != Environment.ProcessId);
    }
}
