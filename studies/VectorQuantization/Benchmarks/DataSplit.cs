using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>Base, queries and training set of a benchmark: disjoint unless the user asked otherwise.</summary>
/// <param name="Base">What is searched, and what is encoded.</param>
/// <param name="Queries">What is looked for.</param>
/// <param name="Training">What quantisers learn from.</param>
public sealed record DataSplit(VectorSet Base, VectorSet Queries, VectorSet Training)
{
    /// <summary>Rows that are enough for 256 centroids with 256 points each, as FAISS trains them.</summary>
    private const long UsualTrainingRows = 65_536;

    private const long UsualQueries = 1_000;

    /// <summary>Cuts a data set.</summary>
    /// <param name="all">The rows that the base is made of.</param>
    /// <param name="own">Queries that came in a set of their own, or null.</param>
    /// <param name="ownTraining">Training rows that came in a set of their own, or null.</param>
    /// <param name="queries">Where queries come from.</param>
    /// <param name="training">Where training rows come from.</param>
    /// <exception cref="BadInputException">Too few rows, or other dimensions.</exception>
    public static DataSplit Of(
        VectorSet all,
        VectorSet? own,
        VectorSet? ownTraining,
        RowSource queries,
        RowSource training
    )
    {
        var queryRows = RowsOf(queries, Math.Clamp(all.Count / 10, 1, UsualQueries));
        var trainingRows = training is RowSource.OfBase(null)
            ? all.Count - (queries is RowSource.HeldOut ? queryRows : 0)
            : RowsOf(training, Math.Clamp(all.Count / 4, 1, UsualTrainingRows));
        var heldOut =
            (queries is RowSource.HeldOut ? queryRows : 0) + (training is RowSource.HeldOut ? trainingRows : 0);
        var left = all.Count - heldOut;

        var problems = new ProblemList();
        problems.Require(
            left > 0,
            $"'{all.Origin}' has {all.Count} rows: {heldOut} for queries and training leave none for the base. Hold out fewer, or write "
                + "'--train base' to learn from the base itself."
        );
        SameDimension(problems, all, own, "queries");
        SameDimension(problems, all, ownTraining, "training rows");
        if (left > 0)
        {
            EnoughFor(problems, queries, queryRows, left, "queries");
            EnoughFor(problems, training, trainingRows, left, "training rows");
        }
        problems.ThrowIfAny();

        var @base = left == all.Count ? all : new VectorRange(all, 0, left);
        return new DataSplit(
            @base,
            own ?? Cut(all, queries, queryRows, left + (training is RowSource.HeldOut ? trainingRows : 0)),
            ownTraining ?? Cut(all, training, trainingRows, left)
        );
    }

    /// <summary>At most <paramref name="rows"/> training rows, drawn by <paramref name="seed"/>; read where they lie, not copied.</summary>
    public VectorSet TrainingSample(long rows, ulong seed) =>
        Training.Count <= rows
            ? Training
            : new SelectedVectors(Training, new RandomSequence(seed).Sample(Training.Count, rows));

    private static long RowsOf(RowSource source, long usual) =>
        source switch
        {
            RowSource.HeldOut(var rows) => rows ?? usual,
            RowSource.OfBase(var rows) => rows ?? usual,
            _ => 0,
        };

    private static VectorRange Cut(VectorSet all, RowSource source, long rows, long heldOutStart) =>
        new(all, source is RowSource.OfBase ? 0 : heldOutStart, rows);

    private static void SameDimension(ProblemList problems, VectorSet all, VectorSet? other, string what) =>
        problems.Require(
            other is null || other.Dimension == all.Dimension,
            $"'{other?.Origin}' has {other?.Dimension} dimensions, the base '{all.Origin}' has {all.Dimension}: {what} must have as many."
        );

    private static void EnoughFor(ProblemList problems, RowSource source, long rows, long baseRows, string what) =>
        problems.Require(
            source is not RowSource.OfBase || rows <= baseRows,
            $"The base has {baseRows} rows, {rows} {what} were asked of it. Ask for fewer."
        );
}
