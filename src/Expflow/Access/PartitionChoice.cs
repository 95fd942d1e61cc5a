namespace Expflow.Access;

/// <summary>A partition and account that take a job.</summary>
/// <param name="Entry">Which, and when the job would start.</param>
/// <param name="Cost">What it costs at most; null where nobody knows how long it takes.</param>
/// <param name="IsSoonest">Whether none starts it earlier; false where no start is known.</param>
/// <param name="IsCheapest">Whether none costs less; false where all cost the same, or costs aren't known.</param>
public sealed record PartitionChoice(AccessEntry Entry, PartitionCost? Cost, bool IsSoonest, bool IsCheapest);
