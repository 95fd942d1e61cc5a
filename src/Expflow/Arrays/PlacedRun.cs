using Expflow.Runs;

namespace Expflow.Arrays;

/// <summary>Which run a task of an array is.</summary>
/// <param name="Index">Its number in the Slurm array.</param>
/// <param name="Run">The run.</param>
/// <param name="Turn">The run's last change of mind when the array was made.</param>
public readonly record struct PlacedRun(int Index, RunId Run, int Turn);
