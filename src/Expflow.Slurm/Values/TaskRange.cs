namespace Expflow.Slurm;

/// <summary>Array indices from <paramref name="First"/> to <paramref name="Last"/>, both in it, <paramref name="Step"/> apart.</summary>
/// <param name="First">The smallest index, at least 0.</param>
/// <param name="Last">The largest index; <c>Last - First</c> is a multiple of the step.</param>
/// <param name="Step">At least 1.</param>
public readonly record struct TaskRange(int First, int Last, int Step = 1)
{
    /// <summary>How many indices.</summary>
    public int Count => ((Last - First) / Step) + 1;

    /// <summary>Whether the index is one of these.</summary>
    public bool Contains(int index) => index >= First && index <= Last && (index - First) % Step == 0;

    /// <summary>Slurm's form: <c>3</c>, <c>0-9</c>, <c>20-30:2</c>.</summary>
    public override string ToString() =>
        (First == Last, Step) switch
        {
            (true, _) => $"{First}",
            (_, 1) => $"{First}-{Last}",
            _ => $"{First}-{Last}:{Step}",
        };
}
