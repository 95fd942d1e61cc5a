namespace Expflow.Submission;

/// <summary>What one array asks Slurm for beyond what its stage says: runs that ask for the same go out together.</summary>
/// <param name="Memory">Memory per node in bytes; null leaves it to the site.</param>
/// <param name="Cpus">CPU cores per node; null leaves it to the site.</param>
/// <param name="Walltime">How long an attempt may take; null leaves it to the site.</param>
/// <param name="Exclude">Nodes to avoid, with commas between them; empty for none.</param>
public sealed record ArrayAsk(long? Memory, int? Cpus, TimeSpan? Walltime, string Exclude);
