using VectorQuantization.Results;

namespace VectorQuantization.Tests.Results;

/// <summary>Rows for tests.</summary>
internal static class Example
{
    internal static readonly DateTimeOffset Noon = new(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A done row of 784-dimensional data with the sizes and recalls given.</summary>
    internal static ResultRow Row(string method = "pq", string label = "PQ 16x8", ulong seed = 1, int bytes = 16) =>
        new()
        {
            Cell = new CellFacts
            {
                Id = $"{label} {seed}",
                Configuration = label,
                Started = Noon,
                Method = method,
                Label = label,
                Settings = """{"m":16,"bits":8}""",
                Seed = seed,
            },
            Data = new DataFacts("fashion-mnist", "0f1e2d", 60_000, 784, 10_000, 60_000, "l2"),
            Machine = new MachineFacts("node1", "EPYC", "avx512", 2, "0.1.0", null, "vq-benchmark run"),
            Size = new SizeFacts { BytesPerVector = bytes, SideBytes = 0 },
        };

    /// <summary>A row in which every column has a value of its own.</summary>
    internal static ResultRow Full() =>
        Row() with
        {
            Cell = Row().Cell with { Sweep = "sweep 1", Seed = ulong.MaxValue },
            Machine = Row().Machine with { Commit = "abc" },
            Size = new SizeFacts
            {
                BytesPerVector = 24,
                SideBytes = 8,
                ModelBytes = 5_000_000_000,
            },
            Distortion = new DistortionFacts
            {
                MsePerVector = 1.1,
                MsePerDimension = 1.2,
                RelativeMse = 1.3,
                PairwiseMean = 1.4,
                PairwiseMedian = 1.5,
                PairwiseMax = 1.6,
            },
            Retrieval = new RetrievalFacts
            {
                RecallAt1 = 0.1,
                RecallAt10 = 0.2,
                RecallAt100 = 0.3,
                IntersectionAt1 = 0.4,
                IntersectionAt10 = 0.5,
                IntersectionAt100 = 0.6,
                RankDistortion = 0.7,
                KendallTau = -0.8,
            },
            Effort = new EffortFacts
            {
                TrainSeconds = 2.1,
                EncodeSeconds = 2.2,
                DecodeSeconds = 2.3,
                EncodeThreads = 24,
                PeakMemoryBytes = 25,
            },
            Search = new SearchFacts
            {
                Kind = "ivf",
                Lists = 31,
                Probe = 32,
                Rerank = 33,
                QpsOneThread = 3.4,
                P50Milliseconds = 3.5,
                P95Milliseconds = 3.6,
                P99Milliseconds = 3.7,
                QpsAllThreads = 3.8,
                Threads = 39,
            },
        };
}
