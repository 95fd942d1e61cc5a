using VectorQuantization.Benchmarks;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary>What a command line asks to be measured.</summary>
/// <param name="Choice">On which data.</param>
/// <param name="Plan">What is measured.</param>
/// <param name="Cells">All cells, in order.</param>
/// <param name="Database">Where rows go.</param>
internal sealed record Asked(
    BenchmarkChoice Choice,
    EvaluationPlan Plan,
    IReadOnlyList<Cell> Cells,
    ResultDatabase Database
);
