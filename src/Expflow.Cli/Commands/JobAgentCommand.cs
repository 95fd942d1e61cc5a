using System.Runtime.InteropServices;
using System.Text.Json;
using Expflow.Arrays;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow agent PROJECT --array FILE</c>: what a Slurm batch script becomes, on a compute node, for one task.</summary>
internal sealed class JobAgentCommand(Composition with)
{
    /// <summary>Slurm's early warning, as <c>--signal=B:USR1@…</c> asks for it.</summary>
    public const PosixSignal Warning = (PosixSignal)10; // SIGUSR1 of Linux on x86-64 and arm64

    // What a journal line and an exit take, with a slow disk.
    private static readonly TimeSpan ForLastWords = TimeSpan.FromSeconds(5);

    public int Run(ProjectFolder project, string arrayFile, TimeSpan killWait)
    {
        using var warned = new CancellationTokenSource();
        using var terminated = new CancellationTokenSource();
        // First of all: Slurm may warn or end the job at any moment, and the agent must not simply die of that.
        using var onWarning = PosixSignalRegistration.Create(Warning, signal => Note(signal, warned));
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Note(signal, terminated));
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Note(signal, terminated));
        try
        {
            if (SlurmTask.Of(with.Environment) is not { } job)
                return Refuse("SLURM_JOB_ID isn't set: 'expflow agent --array' is what Slurm runs inside a job.");
            if (!Directory.Exists(project.Journal))
                return Refuse($"'{project.Root}' is no project on this node: it has no '{project.Journal}'.");
            if (OrderOf(project, arrayFile, job.Index) is not { } order)
                return JobExit.BadConfiguration;
            using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time, JournalWriter.Task);
            var agent = new JobAgent(SetupOf(project, job, killWait), order, journal);
            var code = agent.Run(warned.Token, terminated.Token);
            if (code == JobExit.Done)
                RemoveEmptyLog(project);
            return code;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            with.Terminal.Complain(refused.Message);
            return JobExit.CanNotWrite;
        }
    }

    // What Slurm itself has to say, mostly nothing: 10,000 tasks that went well would leave 10,000 empty files.
    private static void RemoveEmptyLog(ProjectFolder project)
    {
        if (File.ResolveLinkTarget("/proc/self/fd/1", returnFinalTarget: false) is not FileInfo { Exists: true } log)
            return;
        var folder = Path.Combine(project.State, "jobs") + Path.DirectorySeparatorChar;
        if (log.Length == 0 && log.FullName.StartsWith(folder, StringComparison.Ordinal))
            log.Delete();
    }

    private static void Note(PosixSignalContext signal, CancellationTokenSource asked)
    {
        signal.Cancel = true;
        asked.Cancel();
    }

    private TaskOrder? OrderOf(ProjectFolder project, string file, int index)
    {
        try
        {
            if (ArrayFile.ReadTask(file, index) is not var (header, task))
                return Nothing($"'{file}' has no task {index}.");
            if (!ExperimentReader.ReadResolved(header.Resolved, file).TryGet(out var experiment))
                return Nothing($"The experiment in '{file}' can't be read by expflow {BuildVersion.Text}.");
            return TaskOrder.Of(project, header, task, experiment)
                ?? Nothing($"The experiment in '{file}' has no stage '{header.Stage}'.");
        }
        catch (Exception unreadable)
            when (unreadable
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or FormatException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            return Nothing($"'{file}' can't be read: {unreadable.Message}");
        }
    }

    private TaskOrder? Nothing(string why)
    {
        Refuse(why);
        return null;
    }

    private int Refuse(string why)
    {
        with.Terminal.Complain(why);
        return JobExit.BadConfiguration;
    }

    /// <summary>How long commands may take to end themselves, so that the record is on disk before Slurm's own SIGKILL.</summary>
    public static TimeSpan GraceWithin(TimeSpan killWait) =>
        killWait - ForLastWords > killWait / 2 ? killWait - ForLastWords : killWait / 2;

    private AgentSetup SetupOf(ProjectFolder project, SlurmTask job, TimeSpan killWait) =>
        new()
        {
            Project = project,
            Host = Composition.Host,
            // Slurm has given what there is to give: nothing is packed here.
            Machine = new(job.Cpus ?? 1, job.Memory ?? 0, []),
            Environment = EnvironmentBlock
                .OfThisProcess()
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            Time = with.Time,
            Random = with.Random,
            ReadExperiment = _ => null,
            Log = line => with.Terminal.Complain($"{with.Time.GetUtcNow():u} {line}"),
            Grace = GraceWithin(killWait),
            BetweenSamples = TimeSpan.FromSeconds(2),
            HoldsLimits = false,
            Task = job,
            Kills = new(new MachineFacts(), job.Memory),
        };
}
