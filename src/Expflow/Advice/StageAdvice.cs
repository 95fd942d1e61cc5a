using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Advice;

/// <summary>What the runs of one stage should ask for.</summary>
public sealed record StageAdvice
{
    /// <summary>The stage, with what its file asks for now.</summary>
    public required Stage Stage { get; init; }

    /// <summary>How many runs the experiment asks for.</summary>
    public required int Runs { get; init; }

    /// <summary>How many of them have still to be run.</summary>
    public required int Remaining { get; init; }

    /// <summary>How many of all that ever ran are done.</summary>
    public required int Finished { get; init; }

    /// <summary>Memory, CPU cores and walltime.</summary>
    public required IReadOnlyList<ResourceAdvice> Resources { get; init; }

    /// <summary>GPUs; null when none are asked for.</summary>
    public GpuAdvice? Gpus { get; init; }

    /// <summary>The advice of one resource.</summary>
    public ResourceAdvice this[string key] => Resources.First(one => one.Key == key);

    /// <summary>What the stage asks for when the advice is followed.</summary>
    public Resources Advised
    {
        get
        {
            var advised = Stage.Resources;
            foreach (var one in Resources.Where(one => one.IsChange))
                advised = one.Key switch
                {
                    ResourceText.Memory => advised with { Memory = MemorySize.FromBytes((long)one.Next!.Value) },
                    ResourceText.Walltime => advised with
                    {
                        Walltime = Walltime.From(TimeSpan.FromSeconds(one.Next!.Value)),
                    },
                    _ => advised with { Cpus = (int)one.Next!.Value },
                };
            return advised;
        }
    }
}
