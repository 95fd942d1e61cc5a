namespace Expflow.Slurm;

/// <summary>How long Slurm is waited for, and how often it is asked again.</summary>
public sealed record SlurmPatience
{
    /// <summary>For one try of a question, a hold, a cancellation. Default 20 s: Slurm's own clients give up after 10 s or so.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For <c>sbatch</c>, which by itself blocks for two minutes when the queue is full. Default 30 s.</summary>
    public TimeSpan Submission { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries of a question that changes nothing, at least 1. Default 3. Nothing else is ever tried twice.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Pause after the first try; it doubles from try to try, a quarter up or down by chance. Default 0.5 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>No further try begins after so long. Default 30 s.</summary>
    public TimeSpan Questions { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a screen that is drawn again and again: one short try.</summary>
    public static SlurmPatience Short { get; } = new() { Answer = TimeSpan.FromSeconds(5), Tries = 1 };
}
