using VectorQuantization.Measures;
using VectorQuantization.Neighbours;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Results;
using VectorQuantization.Search;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>Carries out cells on one set of data: trains, encodes, decodes, searches, and measures each step.</summary>
/// <param name="data">What to measure on.</param>
/// <param name="plan">What to measure.</param>
/// <param name="truth">The queries' exact neighbours, at least <see cref="EvaluationPlan.K"/> of each; null where nothing is searched.</param>
/// <param name="facts">What was learnt of the data once for all cells.</param>
/// <param name="clock">The stopwatch.</param>
public sealed class CellEvaluation(
    BenchmarkData data,
    EvaluationPlan plan,
    NeighbourTable? truth,
    PreparedData facts,
    TimeProvider clock
)
{
    /// <summary>Measures a cell.</summary>
    /// <exception cref="Problems.BadInputException">Settings don't fit the data, or rows can't be read.</exception>
    public Evaluation Measure(Cell cell, CancellationToken stop)
    {
        PeakMemory.Reset();
        RequireFit(cell);
        var sample = data.Split.TrainingSample(plan.TrainingRows, cell.Seed);
        var (quantiser, trainSeconds) = Timed(() =>
            cell.Settings.Train(sample, new Training(cell.Seed, plan.Threads, stop))
        );
        var (codes, encodeSeconds) = Timed(() => CodeSet.Encode(quantiser, data.Split.Base, plan.Threads, stop));
        var errors = CodecErrors.Of(quantiser, codes, data.Split.Base, plan.Threads, clock, stop);
        var pairs = facts.Pairs.Distortion(quantiser);
        var times = Search(cell, quantiser, codes, stop);
        return new Evaluation(
            sample.Count,
            new SizeFacts
            {
                BytesPerVector = quantiser.CodeBytes,
                SideBytes = quantiser.SideBytes,
                ModelBytes = quantiser.ModelBytes,
            },
            Distortion(errors.Error, pairs),
            times is null ? new RetrievalFacts() : RetrievalOf(times.Found, stop),
            new EffortFacts
            {
                TrainSeconds = trainSeconds,
                EncodeSeconds = encodeSeconds,
                DecodeSeconds = errors.DecodeSeconds,
                EncodeThreads = plan.Threads,
                PeakMemoryBytes = PeakMemory.Bytes(),
            },
            times is null ? new SearchFacts() : SpeedOf(cell.Search, times),
            new Histogram(Histogram.RelativeError, ErrorHistogram.Edges, errors.Spread.Counts)
        );
    }

    private void RequireFit(Cell cell)
    {
        var problems = new ProblemList();
        cell.Settings.Check(data.Dimension, Math.Min(plan.TrainingRows, data.Split.Training.Count), problems);
        cell.Search.Check(data.Split.Base.Count, problems);
        problems.ThrowIfAny();
    }

    private SearchTimes? Search(Cell cell, Quantiser quantiser, CodeSet codes, CancellationToken stop)
    {
        if (plan.Timing is null)
            return null;
        var metric = data.Metric == Metric.L2 ? Metric.L2 : Metric.InnerProduct;
        var index = new FlatScan(quantiser, codes, metric);
        return SearchTiming.Measure(index, facts.Queries, plan.K, plan.Threads, plan.Timing, clock, stop);
    }

    private RetrievalFacts RetrievalOf(NeighbourTable found, CancellationToken stop)
    {
        var retrieval = Retrieval.Of(
            truth!,
            found,
            data.Split.Base,
            data.Split.Queries,
            data.Metric,
            plan.Threads,
            stop
        );
        return new RetrievalFacts
        {
            RecallAt1 = retrieval.RecallAt(1),
            RecallAt10 = At(10, retrieval.RecallAt),
            RecallAt100 = At(100, retrieval.RecallAt),
            IntersectionAt1 = retrieval.IntersectionAt(1),
            IntersectionAt10 = At(10, k => retrieval.IntersectionAt(k)),
            IntersectionAt100 = At(100, k => retrieval.IntersectionAt(k)),
            RankDistortion = At(10, retrieval.RankDistortionAt),
            KendallTau = plan.K > 1 ? retrieval.KendallTauAt(Math.Min(plan.K, 100)) : null,
        };
    }

    // What was not searched for that deep is not known.
    private double? At(int k, Func<int, double> measure) => k <= plan.K ? measure(k) : null;

    private static SearchFacts SpeedOf(SearchSettings search, SearchTimes times) =>
        new()
        {
            Kind = "flat",
            Lists = search.Lists > 0 ? search.Lists : null,
            Probe = search.Lists > 0 ? search.Probe : null,
            Rerank = search.Rerank > 1 ? search.Rerank : null,
            QpsOneThread = times.SinglePerSecond,
            P50Milliseconds = times.P50 * 1000,
            P95Milliseconds = times.P95 * 1000,
            P99Milliseconds = times.P99 * 1000,
            QpsAllThreads = times.BulkPerSecond,
            Threads = times.Threads,
        };

    private DistortionFacts Distortion(ReconstructionError error, PairwiseDistortion pairs) =>
        new()
        {
            MsePerVector = error.PerVector,
            MsePerDimension = error.PerDimension(data.Dimension),
            RelativeMse = error.PerVector / facts.Variance,
            PairwiseMean = pairs.Mean,
            PairwiseMedian = pairs.Median,
            PairwiseMax = pairs.Max,
        };

    private (T Made, double Seconds) Timed<T>(Func<T> make)
    {
        var start = clock.GetTimestamp();
        var made = make();
        return (made, clock.GetElapsedTime(start).TotalSeconds);
    }
}
