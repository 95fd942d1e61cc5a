using VectorQuantization.Problems;
using VectorQuantization.Results;

namespace VectorQuantization.Benchmarks;

/// <summary>Carries out cells one after the other: those that are done are left out, one that fails doesn't end the rest.</summary>
/// <param name="evaluation">What measures a cell.</param>
/// <param name="rows">What makes a row of what was measured.</param>
/// <param name="database">Where rows go, each as soon as its cell ends.</param>
public sealed class Sweep(CellEvaluation evaluation, RowMaker rows, ResultDatabase database)
{
    /// <summary>Carries out what isn't done.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="done">Ids of the cells that are left out.</param>
    /// <param name="told">Takes each cell's row as it ends, and what is left out, in order.</param>
    /// <param name="stop">Ends with <see cref="OperationCanceledException"/> in the middle of a cell, which then has no row.</param>
    /// <returns>How many cells failed.</returns>
    public int Run(IReadOnlyList<Cell> cells, IReadOnlySet<string> done, Action<SweepStep> told, CancellationToken stop)
    {
        var failed = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            var cell = cells[i];
            var id = rows.IdOf(cell);
            if (done.Contains(id))
            {
                told(new SweepStep(i + 1, cells.Count, cell, id, null));
                continue;
            }
            var (row, histograms) = Measure(cell, stop);
            database.Write(row, RepeatedCell.Replace, histograms);
            failed += row.IsDone ? 0 : 1;
            told(new SweepStep(i + 1, cells.Count, cell, id, row));
        }
        return failed;
    }

    private (ResultRow Row, Histogram[] Histograms) Measure(Cell cell, CancellationToken stop)
    {
        var started = rows.Now;
        try
        {
            var measured = evaluation.Measure(cell, stop);
            return (rows.Done(cell, started, measured), [measured.Errors]);
        }
        catch (Exception failure) when (failure is BadInputException or OutOfMemoryException)
        {
            return (rows.Failed(cell, started, failure.Message), []);
        }
    }
}
