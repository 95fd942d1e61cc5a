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
    private Coded? latest;

    /// <summary>Measures a cell.</summary>
    /// <exception cref="Problems.BadInputException">Settings don't fit the data, or rows can't be read.</exception>
    public Evaluation Measure(Cell cell, CancellationToken stop)
    {
        PeakMemory.Reset();
        RequireFit(cell);
        var coded = Code(cell, stop);
        ForgetLargeArrays();
        var errors = CodecErrors.Of(coded.Coding, data.Split.Base, plan.Threads, clock, stop);
        var pairs = facts.Pairs.Distortion(coded.Coding);
        var (search, found) = Search(cell, coded.Coding, stop);
        return new Evaluation(
            coded.TrainedOn,
            new SizeFacts
            {
                BytesPerVector = coded.Coding.BytesPerVector,
                SideBytes = coded.Coding.SideBytes,
                ModelBytes = coded.Coding.ModelBytes,
            },
            Distortion(errors.Error, pairs),
            found is null ? new RetrievalFacts() : RetrievalOf(found, stop),
            new EffortFacts
            {
                TrainSeconds = coded.TrainSeconds,
                EncodeSeconds = coded.EncodeSeconds ?? errors.EncodeSeconds,
                DecodeSeconds = errors.DecodeSeconds,
                EncodeThreads = plan.Threads,
                PeakMemoryBytes = PeakMemory.Bytes(),
            },
            search,
            new Histogram(Histogram.RelativeError, ErrorHistogram.Edges, errors.Spread.Counts)
        );
    }

    // What a step has left, hundreds of megabytes in a few arrays, would else lie there until the next full collection.
    private static void ForgetLargeArrays() => GC.Collect();

    private Metric SearchMetric => data.Metric == Metric.L2 ? Metric.L2 : Metric.InnerProduct;

    private void RequireFit(Cell cell)
    {
        var problems = new ProblemList();
        cell.Settings.Check(data.Dimension, Math.Min(plan.TrainingRows, data.Split.Training.Count), problems);
        cell.Search.Check(data.Split.Base.Count, problems);
        problems.ThrowIfAny();
    }

    // Cells that differ in how they are searched alone share what was learnt and encoded: they stand beside each other in a grid.
    private Coded Code(Cell cell, CancellationToken stop)
    {
        var key = KeyOf(cell);
        if (latest is { } coded && coded.Key == key)
            return coded;
        latest = null;
        ForgetLargeArrays();
        var sample = data.Split.TrainingSample(plan.TrainingRows, cell.Seed);
        var with = new Training(cell.Seed, plan.Threads, stop);
        latest = cell.Search.Lists == 0 ? Flat(cell, sample, with) : Inverted(cell, sample, with);
        return latest;
    }

    private Coded Flat(Cell cell, VectorSet sample, Training with)
    {
        var (quantiser, training) = Timed(() => cell.Settings.Train(sample, with));
        if (plan.Timing is null)
            return new(KeyOf(cell), new Coding.Flat(quantiser, null), sample.Count, training, null);
        var (codes, encoding) = Timed(() => CodeSet.Encode(quantiser, data.Split.Base, plan.Threads, with.Stop));
        return new(KeyOf(cell), new Coding.Flat(quantiser, codes), sample.Count, training, encoding);
    }

    private Coded Inverted(Cell cell, VectorSet sample, Training with)
    {
        var lists = new InvertedSettings(cell.Search.Lists);
        var (quantiser, training) = Timed(() => InvertedQuantiser.Train(sample, lists, cell.Settings, with));
        var (index, encoding) = Timed(() =>
            InvertedLists.Build(quantiser, data.Split.Base, SearchMetric, cell.Search.Probe, plan.Threads, with.Stop)
        );
        return new(KeyOf(cell), new Coding.Inverted(index), sample.Count, training, encoding);
    }

    private static (QuantiserSettings, int, ulong) KeyOf(Cell cell) => (cell.Settings, cell.Search.Lists, cell.Seed);

    private (SearchFacts Facts, NeighbourTable? Found) Search(Cell cell, Coding coding, CancellationToken stop)
    {
        if (plan.Timing is null)
            return (new SearchFacts(), null);
        var (index, kind) = coding.Index(SearchMetric, cell.Search.Probe);
        if (cell.Search.Rerank > 1)
            index = new ReRanked(index, data.Split.Base, SearchMetric, cell.Search.Rerank);
        var times = SearchTiming.Measure(index, facts.Queries, plan.K, plan.Threads, plan.Timing, clock, stop);
        return (SpeedOf(cell.Search, kind, times), times.Found);
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

    private static SearchFacts SpeedOf(SearchSettings search, string kind, SearchTimes times) =>
        new()
        {
            Kind = kind,
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

    private sealed record Coded(
        (QuantiserSettings, int, ulong) Key,
        Coding Coding,
        long TrainedOn,
        double TrainSeconds,
        double? EncodeSeconds
    );
}
