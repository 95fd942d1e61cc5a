using VectorQuantization.Results;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>Fingerprints of a benchmark's data: what the identity of its cells stands on.</summary>
public sealed class DataPrints
{
    private readonly string queries;
    private readonly string training;

    /// <summary>Reads all rows once.</summary>
    public DataPrints(BenchmarkData data, int threads, CancellationToken stop)
    {
        var (rows, asked, learnt) = data.Split;
        Base = Fingerprint.Of(rows, threads, stop).ToString();
        queries = Fingerprint.Of(asked, threads, stop).ToString();
        training = Fingerprint.Of(learnt, threads, stop).ToString();
        Facts = new DataFacts(
            data.Name,
            Base,
            rows.Count,
            rows.Dimension,
            asked.Count,
            learnt.Count,
            NameOf(data.Metric)
        );
    }

    /// <summary>Of the base.</summary>
    public string Base { get; }

    /// <summary>The data as rows tell them.</summary>
    public DataFacts Facts { get; }

    /// <summary>All that the results depend on beside a cell's own settings. Threads and the clock's repeats are not among it.</summary>
    public IReadOnlyList<(string Name, string Value)> Identity(EvaluationPlan plan) =>
        [
            ("base", Base),
            ("queries", plan.Timing is null ? "none" : queries),
            ("training", training),
            ("training_rows", $"{plan.TrainingRows}"),
            ("metric", Facts.Metric),
            ("k", plan.Timing is null ? "none" : $"{plan.K}"),
        ];

    private static string NameOf(Metric metric) =>
        metric switch
        {
            Metric.L2 => "l2",
            Metric.InnerProduct => "ip",
            _ => "cosine",
        };
}
