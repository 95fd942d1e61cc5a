using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Computes ground truth, block of queries by block of queries, and keeps each as soon as it is done.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="program">Name and version of this program, for the file.</param>
/// <param name="threads">Threads to use.</param>
public sealed class GroundTruthJob(GroundTruthRequest request, string program, int threads)
{
    // What a kill may cost, at what a thread does at least.
    private const double SecondsABlock = 60;
    private const double OperationsASecond = 5e10;

    private readonly long firstQuery = request.QueryRange.First;
    private readonly int queries = checked((int)(request.QueryRange.End - request.QueryRange.First));
    private readonly long firstRow = request.BaseRange.First;
    private readonly long rows = request.BaseRange.End - request.BaseRange.First;

    /// <summary>Queries answered at once, if it is not to be found out: memory grows with it, and so does what a kill costs.</summary>
    public int? BlockQueries { get; init; }

    /// <summary>Queries that an earlier run had answered.</summary>
    public long Resumed { get; private set; }

    /// <summary>Does what of it is not done yet.</summary>
    /// <param name="path">Where it goes. Beside it, <c>.partial</c> holds what is done until all is.</param>
    /// <param name="progress">Told the share done so far, 0 to 1.</param>
    /// <param name="stop">Ends it early; what is done is kept.</param>
    /// <exception cref="BadInputException">Data, file or disk can't be worked with.</exception>
    public DescribedTruth Run(string path, Action<double> progress, CancellationToken stop)
    {
        request.Check();
        var blocks =
            request.BaseShard == Shard.Whole ? [] : Fingerprint.Blocks(request.Base, firstRow, rows, threads, stop);
        var header = Header(stop);
        if (Existing(path, header) is { } there)
            return there;
        var ids = new long[checked(queries * request.K)];
        var distances = new double[ids.Length];
        using (var partial = PartialGroundTruth.Open(path, header, ids, distances, out var answered))
        {
            Resumed = answered;
            Compute(partial, (int)answered, ids, distances, progress, stop);
            var sections = new GroundTruthSections
            {
                Ids = ids,
                Distances = distances,
                QueryHashes = Fingerprint.Rows(new VectorRange(request.Queries, firstQuery, queries)),
                QueryIds = request.QueryIds is { } all ? [.. all.Skip((int)firstQuery).Take(queries)] : [],
                BaseBlocks = blocks,
            };
            GroundTruthFile.Write(path, header, sections);
            File.Delete(PartialGroundTruth.PathOf(path));
            return new DescribedTruth(path, header, sections);
        }
    }

    private GroundTruthHeader Header(CancellationToken stop) =>
        new()
        {
            Metric = request.Metric,
            K = request.K,
            Dimension = request.Base.Dimension,
            Base = Part(
                request.Base,
                request.BaseShard == Shard.Whole ? Fingerprint.Of(request.Base, threads, stop) : null,
                firstRow,
                rows
            ),
            Queries = Part(request.Queries, Fingerprint.Of(request.Queries, threads, stop), firstQuery, queries),
            QueriesOfBase = request.QueryIds is not null,
            SelfExcluded = request.SelfExcluded,
            Program = program,
        };

    private static SetPart Part(VectorSet set, string? fingerprint, long first, long rows) =>
        new(Path.GetFileName(set.Origin), set.Count, fingerprint, first, rows);

    // A task that is started again after it has ended has nothing left to do.
    private static DescribedTruth? Existing(string path, GroundTruthHeader header)
    {
        if (!File.Exists(path))
            return null;
        var there = GroundTruthFile.Read(path);
        var differences = string.Join(", ", header.Differences(there.Header));
        if (differences.Length > 0)
            throw new BadInputException(
                $"'{path}' is there already and is the truth of something else: {differences}. Remove it, or choose another '--out'."
            );
        File.Delete(PartialGroundTruth.PathOf(path)); // of a run that was killed at its very end
        return there;
    }

    private void Compute(
        PartialGroundTruth partial,
        int answered,
        long[] ids,
        double[] distances,
        Action<double> progress,
        CancellationToken stop
    )
    {
        var k = (int)Math.Min(request.K, rows);
        var search = new ExactSearch(new VectorRange(request.Base, firstRow, rows), request.Metric, k, threads);
        var block = BlockQueries ?? BlockOf(search);
        for (var first = answered; first < queries; first += block)
        {
            stop.ThrowIfCancellationRequested();
            var count = Math.Min(block, queries - first);
            var (at, length) = (first * request.K, count * request.K);
            var done = first;
            Answer(
                search,
                first,
                k,
                ids.AsMemory(at, length),
                distances.AsMemory(at, length),
                share => progress((done + (share * count)) / queries),
                stop
            );
            partial.Append(first, ids.AsSpan(at, length), distances.AsSpan(at, length));
        }
        progress(1);
    }

    // A shard may have fewer rows than there are neighbours to be found in all.
    private void Answer(
        ExactSearch search,
        int first,
        int k,
        Memory<long> ids,
        Memory<double> distances,
        Action<double> progress,
        CancellationToken stop
    )
    {
        var count = ids.Length / request.K;
        var found = k == request.K ? ids : new long[count * k];
        var their = k == request.K ? distances : new double[count * k];
        search.Answer(
            request.Queries,
            firstQuery + first,
            Own(first, count),
            found,
            their,
            done => progress((double)done / rows),
            stop
        );
        foreach (ref var id in found.Span)
            id = id < 0 ? id : id + firstRow;
        if (k == request.K)
            return;
        ids.Span.Fill(-1);
        distances.Span.Fill(double.PositiveInfinity);
        for (var query = 0; query < count; query++)
        {
            found.Span.Slice(query * k, k).CopyTo(ids.Span[(query * request.K)..]);
            their.Span.Slice(query * k, k).CopyTo(distances.Span[(query * request.K)..]);
        }
    }

    private ReadOnlyMemory<long> Own(int first, int count)
    {
        if (!request.SelfExcluded)
            return default;
        var own = new long[count];
        for (var i = 0; i < count; i++)
            own[i] = Math.Max(-1, request.QueryIds![(int)firstQuery + first + i] - firstRow);
        return own;
    }

    private int BlockOf(ExactSearch search)
    {
        var operations = 2.0 * rows * request.Base.Dimension;
        var affordable = Math.Clamp(SecondsABlock * OperationsASecond * threads / operations, 96, int.MaxValue);
        return Math.Min(search.BlockQueries, (int)affordable);
    }
}
