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

    // A run that has failed is run again, where the file says so, within milliseconds; nobody is told before that is out.
    private const int LooksBeforeOver = 10;

    private readonly LocalLauncher launcher = new(project, Environment.ProcessPath!, EnvironmentBlock.OfThisProcess());

    private int interrupts;

    /// <summary>How following ended. Exactly one of the nested cases.</summary>
    public abstract record End
    {
        private End() { }

        /// <summary>Nothing more can happen.</summary>
        public sealed record Settled : End;

        /// <summary>The user pressed Ctrl-C, and the runs have ended.</summary>
        public sealed record Interrupted : End;

        /// <summary>The agent can't be started, or doesn't stay alive.</summary>
        public sealed record NoAgent(string Reason) : End;
    }

    /// <summary>Starts an agent unless one is at work.</summary>
    /// <returns>Why it can't be started; null when it could.</returns>
    public string? EnsureAgent() =>
        launcher.Agent is null && launcher.Start() is StartOutcome.Refused(var reason) ? reason : null;

    /// <summary>Follows until the end.</summary>
    public async Task<End> FollowAsync(RunProgress progress, ProgressScreen screen)
    {
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var timer = new PeriodicTimer(Interval, with.Time);
        var journal = new JournalFolder(project.Journal);
        var (starts, settled) = (0, 0);
        while (true)
        {
            // Before the journal is read: what an agent says before it ends is then never missed.
            var isAlive = launcher.Agent is not null;
            if (progress.Add(journal.ReadNew().Events))
                starts = 0;
            screen.Show(progress);
            if (!isAlive && End1(progress) is { } end)
                return end;
            // Other experiments of the project may keep the agent at work for long.
            settled = progress.IsSettled() ? settled + 1 : 0;
            if (settled > LooksBeforeOver)
                return new End.Settled();
            if (!isAlive && ++starts > MostStarts)
                return new End.NoAgent(LastWords());
            if (!isAlive && EnsureAgent() is { } reason)
                return new End.NoAgent(reason);
            await timer.WaitForNextTickAsync();
            if (!isAlive)
                await AgentComesUpAsync(timer);
        }
    }

    private End? End1(RunProgress progress)
    {
        if (progress.IsSettled())
            return new End.Settled();
        return interrupts > 0 ? new End.Interrupted() : null;
    }

    // It takes the lock within milliseconds; on a machine under load it may take a second.
    private async Task AgentComesUpAsync(PeriodicTimer timer)
    {
        for (var ticks = 0; ticks < 20 && launcher.Agent is null; ticks++)
            await timer.WaitForNextTickAsync();
    }

    private void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        interrupts++;
        launcher.Stop();
        with.Terminal.Complain(
            interrupts == 1
                ? "\nAsked the runs to save and end. Press Ctrl-C again to end them at once."
                : "\nEnding the runs."
        );
    }

    private string LastWords()
    {
        if (!File.Exists(launcher.Log))
            return "it said nothing";
        return File.ReadLines(launcher.Log).LastOrDefault(line => line.Length > 0) ?? "it said nothing";
    }
}
