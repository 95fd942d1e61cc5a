namespace Expflow.Slurm;

/// <summary>A job of several that Slurm wouldn't touch.</summary>
/// <param name="Job">The job as Slurm named it.</param>
/// <param name="Words">Slurm's words.</param>
/// <param name="Kind">What is behind them: often <see cref="RefusalKind.InvalidJobId"/> or <see cref="RefusalKind.AlreadyEnded"/>.</param>
public sealed record RefusedJob(string Job, string Words, RefusalKind Kind);
