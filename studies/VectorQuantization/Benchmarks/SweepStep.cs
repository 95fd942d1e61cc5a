using VectorQuantization.Results;

namespace VectorQuantization.Benchmarks;

/// <summary>A cell of a sweep that has ended.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">Cells in all.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Id">Its id.</param>
/// <param name="Row">Its row; null when it was done before and left out.</param>
public readonly record struct SweepStep(int Number, int Of, Cell Cell, string Id, ResultRow? Row);
