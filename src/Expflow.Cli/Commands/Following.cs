using System.Runtime.InteropServices;
using Expflow.Cli.Screens;
using Expflow.Executors;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Sees to it that an agent is at work, and follows the runs until nothing more can happen.</summary>
internal sealed class Following(Composition with, ProjectFolder project)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // An agent that dies at once, three times over, will not live the fourth time.
    private const int MostStarts = 3;

    // How often everything has to look ended before it is believed while an agent still works for others.
    private const int QuietLooks = 2;

    // An agent that saves its runs may take long; whoever only hands something over doesn't wait for that.
    private const int MostLeavingLooks = 100;

    private readonly LocalLauncher launcher = new(project, Environment.ProcessPath!, EnvironmentBlock.OfThisProcess());

    private ChildProcess? child;
    private long logBegins;
    private int interrupts;
    private int unheard;
    private int? stoppedAgent;

    /// <summary>How following ended.</summary>
    public abstract record End
    {
        private End() { }

        /// <summary>Nothing is left that could still happen.</summary>
        public sealed record Settled : End;

        /// <summary>The user asked the runs to end, here or in another window.</summary>
        public sealed record Interrupted : End;

        /// <summary>No agent can be kept alive; in its own last words.</summary>
        public sealed record NoAgent(string Reason) : End;
    }

    /// <summary>Sees to it that an agent is at work that will find what the journal says now.</summary>
    /// <returns>Why there is none, in words; null when there is one.</returns>
    public async Task<string?> EnsureAgentAsync()
    {
        using var timer = new PeriodicTimer(Interval, with.Time);
        for (var looks = 0; looks < MostLeavingLooks; looks++)
        {
            if (launcher.Agent is null)
                return Start() ?? await AtWorkAsync();
            if (!launcher.IsLeaving)
                return null;
            await timer.WaitForNextTickAsync();
        }
        return "the one at work is still ending what it was asked to end. Try again when it has";
    }

    // Whoever looks next, such as 'watch', must find it at work. One that ends at once has found another at work, or says why not.
    private async Task<string?> AtWorkAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), with.Time);
        while (launcher.Agent is null && child?.WaitForEnd(TimeSpan.Zero) == false)
            await timer.WaitForNextTickAsync();
        return launcher.Agent is null && child?.Wait().ExitCode == AgentCommand.CanNotWrite ? LastWords() : null;
    }

    /// <summary>Follows until the end.</summary>
    public async Task<End> FollowAsync(RunProgress progress, ProgressScreen screen)
    {
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var timer = new PeriodicTimer(Interval, with.Time);
        var journal = new JournalFolder(project.Journal);
        var (starts, quiet, isFirst, isStopped) = (0, 0, true, false);
        while (true)
        {
            // Before the journal is read: what an agent says before it ends is then never missed.
            var isAlive = IsAgentAlive();
            var news = journal.ReadNew().Events;
            isStopped |= !isFirst && news.Any(IsStop);
            isFirst = false;
            if (progress.Add(news))
                (starts, quiet) = (0, 0);
            screen.Show(progress);
            quiet = progress.IsSettled() ? quiet + 1 : 0;
            if (quiet > (isAlive ? QuietLooks : 0))
                return new End.Settled();
            if (!isAlive && (interrupts > 0 || isStopped))
                return new End.Interrupted();
            if (!isAlive && (WhyNoMore(++starts) ?? Start()) is { } reason)
                return new End.NoAgent(reason);
            PassOnInterrupts();
            TellOfStoppedAgent();
            await timer.WaitForNextTickAsync();
        }
    }

    private static bool IsStop(JournalEvent happened) =>
        happened is JournalEvent.AgentStopped { Reason: LocalAgent.Interrupted };

    // One that was just started takes the lock within milliseconds; on a machine under load it may take seconds.
    private bool IsAgentAlive() => launcher.Agent is not null || child?.WaitForEnd(TimeSpan.Zero) == false;

    private string? Start()
    {
        logBegins = File.Exists(launcher.Log) ? new FileInfo(launcher.Log).Length : 0;
        switch (launcher.Start())
        {
            case StartOutcome.Started(var started):
                child = started;
                return null;
            case StartOutcome.Refused(var reason):
                return reason;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private string? WhyNoMore(int starts)
    {
        var end = child?.Wait();
        child = null;
        return starts > MostStarts || end?.ExitCode == AgentCommand.CanNotWrite
            ? LastWords() ?? WhyNotWritten() ?? "it said nothing"
            : null;
    }

    private void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        interrupts++;
        if (!launcher.Stop())
            unheard++;
        with.Terminal.Complain(
            interrupts == 1
                ? "\nAsked the runs to save and end. Press Ctrl-C again to end them at once."
                : "\nEnding the runs."
        );
    }

    // Ctrl-C can come while the agent is on its way up.
    private void PassOnInterrupts()
    {
        while (unheard > 0 && launcher.Stop())
            unheard--;
    }

    private void TellOfStoppedAgent()
    {
        var now = launcher.StoppedAgent;
        if (now is { } pid && now != stoppedAgent)
            with.Terminal.Complain(
                $"The local agent, process {pid}, is stopped, so nothing goes on. 'kill -CONT {pid}' lets it go on; 'kill -KILL {pid}' ends it, and another takes over here."
            );
        stoppedAgent = now;
    }

    private string? LastWords()
    {
        if (!File.Exists(launcher.Log))
            return null;
        using var log = new StreamReader(launcher.Log);
        log.BaseStream.Position = Math.Min(logBegins, log.BaseStream.Length);
        return log.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
    }

    // A full disk has no room for the agent's last words either.
    private string? WhyNotWritten()
    {
        var probe = Path.Combine(project.State, $".room-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, new byte[1 << 14]);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
