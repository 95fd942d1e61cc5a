using Expflow.Journal;

namespace Expflow.Executors;

/// <summary>The agent's journal file, and what becomes of the agent when nothing can be written to it any more.</summary>
internal sealed class AgentJournal(JournalWriter writer, Action<string> log)
{
    private volatile bool broken;

    public string Name => writer.Name;

    /// <summary>True once something could not be written: no further run may be started.</summary>
    public bool IsBroken => broken;

    /// <summary>Writes events, all in one piece; false when the disk doesn't take it.</summary>
    /// <remarks>
    /// What could not be said is found out by the next agent: an attempt that began without a word has its folder, and one that ended has its exit record.
    /// </remarks>
    public bool Say(params IEnumerable<JournalEvent> happened)
    {
        if (broken)
            return false;
        try
        {
            writer.Append(happened);
            return true;
        }
        catch (IOException full)
        {
            Break($"The journal can't be written: {full.Message}");
            return false;
        }
    }

    /// <summary>Returns when all that was said is on disk; false when the disk doesn't take it.</summary>
    public bool Settle()
    {
        try
        {
            writer.Settle();
            return true;
        }
        catch (IOException full)
        {
            Break($"The journal can't be written: {full.Message}");
            return false;
        }
    }

    /// <summary>Says nothing from here on: what this agent does is nobody's any more.</summary>
    public void Silence() => broken = true;

    /// <summary>The disk doesn't take what it must: the agent lets what runs end, and stops.</summary>
    public void Break(string why)
    {
        broken = true;
        log(why);
    }
}
