using System.Runtime.InteropServices;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow agent PROJECT --pool NAME</c>: what the batch script of a pool's allocation becomes, on a compute node.</summary>
internal sealed class PoolAgentCommand(Composition with)
{
    public int Run(ProjectFolder project, PoolAgentOptions.Asked asked, TimeSpan killWait)
    {
        using var warned = new CancellationTokenSource();
        using var terminated = new CancellationTokenSource();
        // First of all: Slurm may warn or end the job at any moment, and the agent must not simply die of that.
        using var onWarning = PosixSignalRegistration.Create(JobAgentCommand.Warning, signal => Note(signal, warned));
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Note(signal, terminated));
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Note(signal, terminated));
        try
        {
            if (!Directory.Exists(project.Journal))
                return Refuse($"'{project.Root}' is no project on this node: it has no '{project.Journal}'.");
            return Work(project, asked, killWait, warned.Token, terminated.Token);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            with.Terminal.Complain(refused.Message);
            return JobExit.CanNotWrite;
        }
    }

    private int Work(
        ProjectFolder project,
        PoolAgentOptions.Asked asked,
        TimeSpan killWait,
        CancellationToken warned,
        CancellationToken terminated
    )
    {
        var job = SlurmTask.Of(with.Environment);
        var environment = EnvironmentBlock
            .OfThisProcess()
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var trouble = "";
        using var mps = asked.Mps ? MpsDaemon.Start(environment, job?.Job, out trouble) : null;
        if (asked.Mps && mps is null)
            return Refuse($"MPS can't be started: {trouble}");
        foreach (var (name, value) in mps?.Variables ?? new Dictionary<string, string>())
            environment[name] = value;
        using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time, JournalWriter.Task);
        var dead = new DeadAgents(
            with.Slurm().With(SlurmPatience.Short),
            with.Time,
            Composition.Host,
            asked.Terms.Beat
        );
        var setup = SetupOf(project, asked, job, environment, killWait);
        var agent = new PoolAgent(setup, asked.Terms, new(project, asked.Pool), journal, dead);
        return agent.Run(warned, terminated);
    }

    private AgentSetup SetupOf(
        ProjectFolder project,
        PoolAgentOptions.Asked asked,
        SlurmTask? job,
        Dictionary<string, string> environment,
        TimeSpan killWait
    )
    {
        var facts = new MachineFacts();
        var gpus = job?.GpuNames ?? facts.Gpus(environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES"));
        return new()
        {
            Project = project,
            Host = Composition.Host,
            Machine = new(
                job?.Cpus ?? facts.Cores,
                job?.Memory ?? facts.Memory,
                gpus,
                asked.WorkersPerGpu,
                asked.GpuMemory is { } memory ? [.. gpus.Select(_ => memory)] : GpuTotals.Of(gpus, environment)
            ),
            Environment = environment,
            Time = with.Time,
            Random = with.Random,
            ReadExperiment = resolved =>
                ExperimentReader.ReadResolved(resolved, "batch").TryGet(out var experiment) ? experiment : null,
            Log = line => with.Terminal.Complain($"{with.Time.GetUtcNow():u} {line}"),
            Grace = JobAgentCommand.GraceWithin(killWait),
            BetweenSamples = TimeSpan.FromSeconds(2),
            Task = job,
            Kills = job is null ? null : new(facts, job.Memory) { IsShared = true },
        };
    }

    private int Refuse(string why)
    {
        with.Terminal.Complain(why);
        return JobExit.BadConfiguration;
    }

    private static void Note(PosixSignalContext signal, CancellationTokenSource asked)
    {
        signal.Cancel = true;
        asked.Cancel();
    }
}
