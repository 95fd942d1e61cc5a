using Expflow.Arrays;
using Expflow.Cli.Screens;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Parameters;
using Expflow.Processes;
using Expflow.Trials;

namespace Expflow.Cli.Commands;

/// <summary>Carries out the phases of one stage of a trial, one after the other, and writes down what each took.</summary>
/// <param name="with">The surroundings.</param>
/// <param name="folder">The trial.</param>
/// <param name="say">Told of each measure.</param>
internal sealed class TrialMeasuring(Composition with, TrialFolder folder, Action<TrialMeasure> say)
{
    /// <summary>Measures a stage.</summary>
    /// <returns>Why it could not go on; null when all is measured.</returns>
    public string? Run(string stage, CancellationToken stop)
    {
        if (folder.Read()?.Parts.FirstOrDefault(part => part.Stage == stage) is not { } part)
            return $"'{folder.Project.Root}' holds no trial of a stage '{stage}'.";
        var file = ArrayFile.PathOf(folder.Project.Arrays, part.Array);
        if (OrdersIn(file) is not { Count: > 0 } orders)
            return $"'{file}' can't be read by expflow {BuildVersion.Text}.";
        var count = orders[0].Request.Gpus;
        var all = VisibleGpus();
        if (all.Count < count)
            return $"Stage '{stage}' asks for {DecisionText.Count(count, "GPU")}, and {all.Count} can be seen here (CUDA_VISIBLE_DEVICES). Nothing was tried.";
        ChildProcess.KeepEndings();
        using var journal = JournalWriter.Open(folder.Project.Journal, Composition.Host, with.Time);
        var agent = new TrialAgent(SetupOf(), folder.Owner.Root, [.. all.Take(count)], journal);
        // What fails alone would only fail in company.
        var hopeless = new HashSet<ParameterSet>();
        foreach (var phase in part.Phases.Where(phase => !hopeless.Contains(phase.Variant)))
        {
            if (agent.Run([.. orders.Skip(phase.First).Take(phase.Count)], phase.Workers, stop) is not { } round)
                return "The trial was stopped.";
            var measure = MeasureOf(phase, round, agent.Cards, count);
            folder.Add(measure);
            say(measure);
            if (measure.Done == 0)
                hopeless.Add(phase.Variant);
        }
        return null;
    }

    private List<RunOrder>? OrdersIn(string file)
    {
        if (
            !File.Exists(file)
            || ArrayFile.ReadFrom(file) is not var (header, tasks)
            || !ExperimentReader.ReadResolved(header.Resolved, file).TryGet(out var experiment)
        )
            return null;
        var orders = tasks.Select(task => TaskOrder.Of(folder.Owner, header, task, experiment)?.Order).ToList();
        return orders.Contains(null) ? null : [.. orders.OfType<RunOrder>()];
    }

    private IReadOnlyList<string> VisibleGpus() =>
        SlurmTask.Of(with.Environment) is { } job
            ? job.GpuNames
            : new MachineFacts().Gpus(with.Environment("CUDA_VISIBLE_DEVICES"));

    private AgentSetup SetupOf() =>
        new()
        {
            Project = folder.Project,
            Host = Composition.Host,
            Machine = new(1, 0, []),
            Environment = EnvironmentBlock
                .OfThisProcess()
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            Time = with.Time,
            Random = with.Random,
            ReadExperiment = _ => null,
            Log = line => with.Terminal.Complain(line),
        };

    private static TrialMeasure MeasureOf(TrialPhase phase, TrialAgent.Round round, long? card, int gpus)
    {
        double[] times = [.. round.Ends.Select(end => end.Elapsed).OfType<double>().Order()];
        var failed = round.Ends.Where(end => end.Outcome != AttemptOutcome.Done).ToList();
        return new()
        {
            Stage = phase.Stage,
            Variant = phase.Variant,
            Workers = phase.Workers,
            Gpus = gpus,
            Gpu = round.Gpu,
            Done = round.Ends.Count - failed.Count,
            Failed = failed.Count,
            OutOfMemory = failed.Count(end => end.Cause is "out_of_memory" or "gpu_out_of_memory"),
            Reason = failed.FirstOrDefault()?.Reason,
            Elapsed = round.Elapsed.TotalSeconds,
            Median = times.Length > 0 ? times[times.Length / 2] : null,
            Longest = times.Length > 0 ? times[^1] : null,
            Memory = round.Ends.Max(end => end.PeakMemory),
            GpuMemory = round.GpuMemory,
            GpuTotal = card,
            GpuUse = round.GpuUse,
        };
    }
}
