using Expflow.Processes;
using Expflow.Projects;

namespace Expflow.Executors;

/// <summary>Starts the local agent of a project when there is none, and talks to the one there is.</summary>
/// <param name="project">The project.</param>
/// <param name="binary">The <c>expflow</c> binary.</param>
/// <param name="environment">The environment that runs inherit.</param>
public sealed class LocalLauncher(
    ProjectFolder project,
    string binary,
    IEnumerable<KeyValuePair<string, string>> environment
)
{
    /// <summary>The file that the agent's own words go to.</summary>
    public string Log => Path.Combine(project.AgentLogs, "local.log");

    /// <summary>The pid of the agent at work; null when there is none.</summary>
    public int? Agent => FileLock.Holder(project.LocalLock);

    /// <summary>True when the agent at work, if there is one, may not look at the journal again: what is submitted now needs the next one.</summary>
    public bool IsLeaving => FileLock.IsLeaving(project.LocalLock);

    /// <summary>The agent at work when it lies still, so that nothing goes on; null otherwise.</summary>
    public int? StoppedAgent => Agent is > 0 and var pid && new ForeignProcess(pid).IsStopped ? pid : null;

    /// <summary>Starts an agent that outlives this process and its terminal. It ends by itself at once when there is one already.</summary>
    public StartOutcome Start() =>
        ChildProcess.Start(
            new()
            {
                Program = binary,
                Arguments = ["agent", project.Root],
                Environment = new(environment),
                Folder = project.Root,
                Output = Log,
            }
        );

    /// <summary>Asks the agent to let its runs save and end; asked a second time, it ends them at once.</summary>
    /// <returns>False when there is none that could be asked.</returns>
    public bool Stop()
    {
        if (Agent is not (> 0 and var pid))
            return false;
        new ForeignProcess(pid).Signal(Native.SigTerm);
        return true;
    }
}
