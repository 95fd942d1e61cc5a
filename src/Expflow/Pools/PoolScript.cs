using System.Globalization;
using System.Text;
using Expflow.Experiments;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Templates;

namespace Expflow.Pools;

/// <summary>The batch script of a pool's allocations: what Slurm is asked for, and the agent whose workers take runs from the queue.</summary>
/// <remarks>
/// Each allocation is one single-node job, and those of one start are tasks of one array: each starts as soon as there is a node for it. None is ever requeued:
/// what it had in hand goes back into the queue, and another start makes another allocation.
/// </remarks>
/// <param name="program">The <c>expflow</c> binary that the nodes start.</param>
/// <param name="project">The project.</param>
/// <param name="killWait">From Slurm's SIGTERM to its SIGKILL.</param>
public sealed class PoolScript(string program, ProjectFolder project, TimeSpan killWait)
{
    // Enough to tell every worker's run to save, where only the site knows how long the allocation lasts.
    private static readonly TimeSpan UsualLead = TimeSpan.FromMinutes(1);

    /// <summary>The job's name; its end finds the job when the answer of <c>sbatch</c> was lost.</summary>
    public static string NameOf(PoolName pool, ArrayId start) => $"pool.{pool}.{start}";

    /// <summary>What <c>sbatch</c> is called with, for sending and for showing.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="start">The start's id.</param>
    /// <param name="settings">What each allocation is.</param>
    /// <param name="allocations">How many.</param>
    public SbatchRequest RequestOf(PoolFolder pool, ArrayId start, PoolSettings settings, int allocations) =>
        new(Render(pool.Name, start, settings))
        {
            Hold = true,
            Tasks = TaskSet.FromZero(allocations, settings.Throttle < allocations ? settings.Throttle : null),
            WorkFolder = project.Root,
            // In Slurm's file names a percent sign begins a pattern.
            Extra = [$"--output={Path.Combine(pool.Logs.Replace("%", "%%", StringComparison.Ordinal), "%A_%a.log")}"],
        };

    /// <summary>The whole text.</summary>
    public string Render(PoolName pool, ArrayId start, PoolSettings settings)
    {
        var script = new StringBuilder("#!/bin/bash\n");
        foreach (var directive in DirectivesOf(pool, start, settings))
            script.Append("#SBATCH ").Append(directive).Append('\n');
        script.Append(EndOf(settings));
        // Programs that begin on many nodes at once read the same files at once.
        if (settings.Stagger is { TotalSeconds: >= 1 } stagger)
            script.Append($"sleep $((SLURM_ARRAY_TASK_ID * {Seconds(stagger)}))\n");
        return script
            .Append($"exec {ShellQuoting.Word(program)} agent {ShellQuoting.Word(project.Root)}")
            .AppendJoin("", OptionsOf(pool, settings).Select(option => $" {option}"))
            .Append('\n')
            .ToString();
    }

    // Slurm before 23.02 doesn't tell a job when it has to end.
    private static string EndOf(PoolSettings settings)
    {
        var end = settings.Time is { } time
            ? $"$(($(date +%s) + {Seconds(time.Duration)}))"
            : "$(date -d \"$(squeue -h -j $SLURM_JOB_ID -o %e 2>/dev/null | grep T || echo unknown)\" +%s 2>/dev/null)";
        return $"export SLURM_JOB_END_TIME=${{SLURM_JOB_END_TIME:-{end}}}\n";
    }

    private IEnumerable<string> OptionsOf(PoolName pool, PoolSettings settings)
    {
        yield return $"--pool {pool}";
        yield return $"--kill-wait {Seconds(killWait)}";
        yield return $"--idle {Seconds(settings.Idle ?? PoolSettings.UsualIdle)}";
        yield return $"--lead {Seconds(LeadOf(settings))}";
        if (settings.Workers is { } workers)
            yield return $"--workers {Number(workers)}";
        if (settings.WorkersPerGpu is { } perGpu)
            yield return $"--workers-per-gpu {Number(perGpu)}";
        if (settings.Gpus is { Count: > 0, Type: { } type })
            yield return $"--gpu-type {ShellQuoting.Word(type)}";
        if (settings.Mps)
            yield return "--mps";
    }

    private static IEnumerable<string> DirectivesOf(PoolName pool, ArrayId start, PoolSettings settings)
    {
        yield return $"--job-name={NameOf(pool, start)}";
        yield return $"--comment={start}";
        yield return "--nodes=1";
        yield return "--ntasks-per-node=1";
        if (PoolSize.Of(settings).Cpus is { } cpus)
            yield return $"--cpus-per-task={Number(cpus)}";
        if (settings.Memory is { } memory)
            yield return $"--mem={Number(memory.Mebibytes)}M";
        if (settings.Time is { } time)
            yield return $"--time={time}";
        if (GresOf(settings) is { Length: > 0 } gres)
            yield return $"--gres={gres}";
        foreach (var place in PlaceOf(settings))
            yield return place;
        yield return $"--signal=B:USR1@{Seconds(LeadOf(settings))}";
        yield return "--no-requeue";
        yield return "--open-mode=append";
    }

    private static IEnumerable<string> PlaceOf(PoolSettings settings)
    {
        var place = new Resources
        {
            Account = settings.Account,
            Partition = settings.Partition,
            Qos = settings.Qos,
            Constraint = settings.Constraint,
        };
        return settings.Exclude.Count == 0
            ? place.PlaceOptions()
            : place.PlaceOptions().Append($"--exclude={string.Join(',', settings.Exclude)}");
    }

    private static string GresOf(PoolSettings settings) =>
        string.Join(
            ',',
            (settings.Gpus is { Count: > 0 } gpus ? [$"gpu:{gpus}"] : Array.Empty<string>()).Concat(settings.Gres)
        );

    /// <summary>How long before its end an allocation takes no more runs and tells those that go on to save.</summary>
    public static TimeSpan LeadOf(PoolSettings settings) =>
        settings.Time is { } time ? SlurmSettings.Open.LeadBefore(time) : UsualLead;

    private static string Seconds(TimeSpan time) => Number((long)time.TotalSeconds);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
