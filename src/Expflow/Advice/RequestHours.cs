using Expflow.Experiments;

namespace Expflow.Advice;

/// <summary>What runs keep for themselves with a request. Null: unknown.</summary>
/// <param name="CpuAtMost">Cores × walltime, in hours: what they may take.</param>
/// <param name="GpuAtMost">GPUs × walltime, in hours.</param>
/// <param name="CpuExpected">Cores × the time that such runs have taken, in hours.</param>
/// <param name="GpuExpected">GPUs × that time, in hours.</param>
public sealed record RequestHours(double? CpuAtMost, double? GpuAtMost, double? CpuExpected, double? GpuExpected)
{
    /// <summary>Nothing.</summary>
    public static readonly RequestHours Zero = new(0, 0, 0, 0);

    /// <summary>One beside the other; what is unknown of one is unknown of both.</summary>
    public static RequestHours operator +(RequestHours a, RequestHours b) =>
        new(
            a.CpuAtMost + b.CpuAtMost,
            a.GpuAtMost + b.GpuAtMost,
            a.CpuExpected + b.CpuExpected,
            a.GpuExpected + b.GpuExpected
        );

    /// <summary>What so many runs keep.</summary>
    /// <param name="request">What each asks for.</param>
    /// <param name="runs">How many.</param>
    /// <param name="hours">How long they take together, in hours; null when nobody knows.</param>
    internal static RequestHours Of(Resources request, int runs, double? hours)
    {
        if (runs == 0)
            return Zero;
        var nodes = request.Nodes ?? 1;
        var cores = (request.Cpus ?? 1) * nodes;
        var gpus = (request.Gpus?.Count ?? 0) * nodes;
        var most = request.Walltime?.Duration.TotalHours * runs;
        return new(cores * most, gpus == 0 ? 0 : gpus * most, cores * hours, gpus == 0 ? 0 : gpus * hours);
    }
}

/// <summary>What runs keep as they are asked for now, and as they would be asked for.</summary>
/// <param name="Runs">How many runs.</param>
/// <param name="Asked">As the file has it now.</param>
/// <param name="Advised">When the advice is followed.</param>
public sealed record CostComparison(int Runs, RequestHours Asked, RequestHours Advised)
{
    /// <summary>The runs that have still to be run.</summary>
    public static CostComparison OfRemaining(IReadOnlyList<StageAdvice> stages) =>
        Of(stages, stage => stage.Remaining, value => value.Remaining);

    /// <summary>All runs that the experiment asks for, once more.</summary>
    public static CostComparison OfAll(IReadOnlyList<StageAdvice> stages) =>
        Of(stages, stage => stage.Runs, value => value.Runs);

    private static CostComparison Of(
        IReadOnlyList<StageAdvice> stages,
        Func<StageAdvice, int> runsOf,
        Func<ValueAdvice, int> runsWith
    )
    {
        var (asked, advised) = (RequestHours.Zero, RequestHours.Zero);
        foreach (var stage in stages)
        {
            var hours = HoursOf(stage[ResourceText.Walltime], runsOf(stage), runsWith);
            asked += RequestHours.Of(stage.Stage.Resources, runsOf(stage), hours);
            advised += RequestHours.Of(stage.Advised, runsOf(stage), hours);
        }
        return new(stages.Sum(runsOf), asked, advised);
    }

    private static double? HoursOf(ResourceAdvice time, int runs, Func<ValueAdvice, int> runsWith)
    {
        if (time.Evidence.Measured is not { Mean: var mean })
            return null;
        return time.Driver is { } driver
            ? driver.Values.Sum(value => runsWith(value) * (value.Evidence.Measured?.Mean ?? mean)) / 3600
            : runs * mean / 3600;
    }
}
