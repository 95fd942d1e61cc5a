using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>Base, queries and training set, opened, cut, and of length 1 where the metric is cosine. Owns the files.</summary>
public sealed class BenchmarkData : IDisposable
{
    private readonly DataSet data;
    private readonly VectorSet? training;

    private BenchmarkData(DataSet data, VectorSet? training, DataSplit split)
    {
        this.data = data;
        this.training = training;
        Split =
            Metric == Metric.Cosine
                ? new DataSplit(
                    new UnitVectors(split.Base),
                    new UnitVectors(split.Queries),
                    new UnitVectors(split.Training)
                )
                : split;
    }

    /// <summary>What the user called it.</summary>
    public string Name => data.Name;

    /// <summary>What near means.</summary>
    public Metric Metric => data.Metric;

    /// <summary>Base, queries and training set as they are measured on.</summary>
    public DataSplit Split { get; }

    /// <summary>Coordinates a row.</summary>
    public int Dimension => Split.Base.Dimension;

    /// <summary>Bytes of anonymous memory that the sets hold on to, each counted once.</summary>
    public long ResidentBytes =>
        data.Base.ResidentBytes + (data.Queries?.ResidentBytes ?? 0) + (training?.ResidentBytes ?? 0);

    /// <summary>Opens all of it.</summary>
    /// <exception cref="BadInputException">All that is wrong with it.</exception>
    public static BenchmarkData Open(BenchmarkChoice choice, Func<string, string?> variable)
    {
        var data = DataSet.Open(choice.Data with { Queries = choice.QueryPath }, variable);
        VectorSet? training = null;
        try
        {
            training = choice.TrainingPath is { } path ? VectorFile.Open(path, new OpenSettings()) : null;
            var own = choice.Queries is null or RowSource.Own ? data.Queries : null;
            var split = DataSplit.Of(
                data.Base,
                own,
                training,
                choice.Queries ?? (own is null ? new RowSource.HeldOut(null) : new RowSource.Own(null)),
                choice.Training ?? new RowSource.HeldOut(null)
            );
            return new BenchmarkData(data, training, split);
        }
        catch
        {
            training?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        training?.Dispose();
        data.Dispose();
    }
}
