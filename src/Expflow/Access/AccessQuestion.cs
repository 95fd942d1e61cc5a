namespace Expflow.Access;

/// <summary>Whether jobs of an account may use a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Account">The account; null: none is named, and Slurm takes the user's own default one.</param>
/// <param name="WithGpus">Whether the job asks for GPUs.</param>
/// <param name="Qos">The QOS that has to be named for it, since the account's default one may not be used there; null: none.</param>
public sealed record AccessQuestion(string Partition, string? Account, bool WithGpus, string? Qos = null);
