namespace VectorQuantization.Results;

/// <summary>Where a cell was measured, and by what.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="CpuModel">The processor's name.</param>
/// <param name="Simd">The widest instructions that were used: <c>avx512</c>, <c>avx2</c>.</param>
/// <param name="Cores">Processors that the process might use.</param>
/// <param name="Version">Of this program.</param>
/// <param name="Commit">The git commit of the working directory, or null.</param>
/// <param name="CommandLine">The command as it was given.</param>
public sealed record MachineFacts(
    string Host,
    string CpuModel,
    string Simd,
    int Cores,
    string Version,
    string? Commit,
    string CommandLine
);
