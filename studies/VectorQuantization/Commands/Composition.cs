using VectorQuantization.Numerics;

namespace VectorQuantization.Commands;

/// <summary>What a command may touch of the world around it.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where problems and progress go.</param>
/// <param name="ShowsProgress">Whether somebody watches <paramref name="Error"/>: lines that overwrite themselves make sense.</param>
/// <param name="Variable">The value of an environment variable, or null.</param>
/// <param name="Processors">Processors that this process may use.</param>
/// <param name="Clock">Time of day and stopwatch.</param>
internal sealed record Composition(
    TextWriter Out,
    TextWriter Error,
    bool ShowsProgress,
    Func<string, string?> Variable,
    int Processors,
    TimeProvider Clock
)
{
    /// <summary>Threads to keep busy unless <c>--threads</c> says otherwise.</summary>
    public int Threads => CpuAllocation.Threads(Variable, Processors);

    /// <summary>The world of this process.</summary>
    public static Composition OfThisProcess() =>
        new(
            Console.Out,
            Console.Error,
            !Console.IsErrorRedirected,
            Environment.GetEnvironmentVariable,
            Environment.ProcessorCount,
            TimeProvider.System
        );
}
