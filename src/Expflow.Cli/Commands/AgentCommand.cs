using System.CommandLine;
using System.Runtime.InteropServices;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow agent</c>: what <c>run</c> starts in the background. Nobody types it.</summary>
internal sealed class AgentCommand(Composition with)
{
    /// <summary>EX_IOERR of sysexits.h: the project could not be written to any more.</summary>
    public const int CanNotWrite = 74;

    public static Command Create(Composition with)
    {
        var root = new Argument<string>("project") { Description = "The project's folder." };
        var array = new Option<string?>("--array")
        {
            Description = "Carry out the one task of this array file that the Slurm job around it is.",
            HelpName = "file",
        };
        var trial = new Option<string?>("--trial")
        {
            Description = "Measure one stage of a trial, TRIAL/STAGE, inside the Slurm job around it.",
            HelpName = "stage",
        };
        var killWait = new Option<double>("--kill-wait")
        {
            Description = "Seconds from Slurm's SIGTERM to its SIGKILL, as KillWait in slurm.conf.",
            DefaultValueFactory = _ => 30,
        };
        var pool = new PoolAgentOptions();
        var command = new Command("agent", "Carry out the project's runs on this machine. 'expflow run' starts it.")
        {
            root,
            array,
            trial,
            killWait,
        };
        pool.AddTo(command);
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var project = new ProjectFolder(parsed.GetValue(root)!);
            var wait = TimeSpan.FromSeconds(parsed.GetValue(killWait));
            if (parsed.GetValue(trial) is { } tried)
                return new TrialAgentCommand(with).Run(project, tried);
            return parsed.GetValue(array) is { } file ? new JobAgentCommand(with).Run(project, file, wait)
                : pool.Read(parsed, QueueInterval.Of(with.Environment(QueueInterval.Variable))) is { } asked
                    ? new PoolAgentCommand(with).Run(project, asked, wait)
                : new AgentCommand(with).Run(project);
        });
        return command;
    }

    private int Run(ProjectFolder project)
    {
        using var save = new CancellationTokenSource();
        using var end = new CancellationTokenSource();
        // Before the lock is taken: who holds it may be asked to stop at any moment, and must not simply die of that.
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Ask(signal, save, end));
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Ask(signal, save, end));
        try
        {
            using var owned = FileLock.TryTake(project.LocalLock);
            if (owned is null)
                return ExitCode.Done;
            using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time);
            var agent = new LocalAgent(SetupOf(project) with { Lock = owned }, journal);
            return agent.Run(save.Token, end.Token) ? ExitCode.Done : CanNotWrite;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            with.Terminal.Complain(refused.Message);
            return CanNotWrite;
        }
    }

    private static void Ask(PosixSignalContext signal, CancellationTokenSource save, CancellationTokenSource end)
    {
        signal.Cancel = true;
        (save.IsCancellationRequested ? end : save).Cancel();
    }

    private AgentSetup SetupOf(ProjectFolder project)
    {
        var facts = new MachineFacts();
        var environment = EnvironmentBlock
            .OfThisProcess()
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new()
        {
            Project = project,
            Host = Composition.Host,
            Machine = new(
                LimitOf("EXPFLOW_LOCAL_CPUS") ?? facts.Cores,
                facts.Memory,
                facts.Gpus(environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES"))
            ),
            Environment = environment,
            Time = with.Time,
            Random = with.Random,
            ReadExperiment = resolved =>
                ExperimentReader.ReadResolved(resolved, "manifest").TryGet(out var experiment) ? experiment : null,
            Log = line => with.Terminal.Complain($"{with.Time.GetUtcNow():u} {line}"),
        };
    }

    private int? LimitOf(string variable) =>
        int.TryParse(with.Environment(variable), out var limit) && limit > 0 ? limit : null;
}
