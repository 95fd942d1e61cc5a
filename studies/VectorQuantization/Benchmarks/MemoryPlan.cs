namespace VectorQuantization.Benchmarks;

/// <summary>How much memory a cell will take, estimated before anything is loaded. Pages of mapped files, which can be dropped, don't count.</summary>
/// <param name="Data">Queries, exact neighbours, what of base and training set is held in memory, and the pairs.</param>
/// <param name="Training">The sample to learn from, and what learning takes beside it.</param>
/// <param name="Codes">The codes of all base rows, with ids in inverted lists; without a search they aren't kept.</param>
/// <param name="Working">Blocks of rows that are encoded, decoded and compared, one a thread.</param>
public sealed record MemoryPlan(long Data, long Training, long Codes, long Working)
{
    // Of the program itself with all its libraries.
    private const long Program = 40L << 20;
    private const int Pairs = 1000;
    private const long BlockBytes = 4L << 18;

    private const long ListTables = 256L << 20;

    // Exact search holds one block of queries with their candidates.
    private const long ExactBytes = 200L << 20;

    /// <summary>The most at once: training and searching follow each other.</summary>
    public long Bytes => Program + Data + Math.Max(Training, Codes + Working);

    /// <summary>Estimates.</summary>
    public static MemoryPlan Of(Cell cell, BenchmarkData data, EvaluationPlan plan)
    {
        long d = data.Dimension;
        var (rows, queries, training) = data.Split;
        var sample = Math.Min(plan.TrainingRows, training.Count);
        var searched = plan.Timing is null ? 0 : queries.Count;
        var ids = cell.Search.Lists > 0 ? sizeof(int) : 0;
        return new(
            data.ResidentBytes
                + (queries.Count * d * sizeof(float))
                + (searched * plan.K * (sizeof(long) + sizeof(float)) * 2)
                + (2L * Pairs * d * sizeof(float)),
            (sample * d * sizeof(float)) + cell.Settings.TrainingBytes(data.Dimension, sample),
            Kept(cell, plan, rows.Count * cell.Settings.CodeBytes(data.Dimension), rows.Count * ids),
            (plan.Threads * 4 * BlockBytes) + (searched > 0 ? ExactBytes : 0)
        );
    }

    // A scan may lay the codes out a second time; lists may keep tables of their own.
    private static long Kept(Cell cell, EvaluationPlan plan, long codes, long ids)
    {
        if (cell.Search.Lists > 0)
            return codes + ids + ListTables;
        return plan.Timing is null ? 0 : 2 * codes;
    }
}
