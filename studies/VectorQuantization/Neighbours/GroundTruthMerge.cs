using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Puts shards of ground truth together: those of the base by their distances, those of the queries one after the other.</summary>
/// <remarks>The result is, to the byte, the file that one run over everything would have written.</remarks>
public static class GroundTruthMerge
{
    /// <summary>Merges shards given in any order.</summary>
    /// <param name="shards">At least one.</param>
    /// <param name="program">Name and version of this program, for the header.</param>
    /// <exception cref="BadInputException">Shards are missing, overlap, or belong to different work; all of it.</exception>
    public static (GroundTruthHeader Header, GroundTruthSections Sections) Of(
        IReadOnlyList<DescribedTruth> shards,
        string program
    )
    {
        var first = shards[0];
        var problems = new ProblemList();
        foreach (var shard in shards.Skip(1))
            RequireSameWork(problems, first, shard);
        problems.ThrowIfAny();

        var strips = shards
            .GroupBy(shard => shard.Header.Queries)
            .OrderBy(strip => strip.Key.First)
            .ThenBy(strip => strip.Key.Rows)
            .Select(strip => strip.OrderBy(shard => shard.Header.Base.First).ToArray())
            .ToArray();
        RequirePartition(problems, [.. strips.Select(strip => strip[0])], truth => truth.Header.Queries, "queries");
        foreach (var strip in strips)
            RequirePartition(
                problems,
                strip,
                truth => truth.Header.Base,
                strips.Length == 1 ? "base" : $"queries {strip[0].Header.Queries.Range}: base"
            );
        problems.ThrowIfAny();

        var prints = strips.Select(BasePrint).Distinct().ToArray();
        if (prints.Length > 1)
            throw new BadInputException(
                $"The shards were made of different bases, with the fingerprints {string.Join(" and ", prints)}. Make them again of one base."
            );
        return (Header(first.Header, prints[0], program), Join([.. strips.Select(OfBaseShards)]));
    }

    private static GroundTruthHeader Header(GroundTruthHeader shard, string fingerprint, string program) =>
        shard with
        {
            Base = shard.Base with { Fingerprint = fingerprint, First = 0, Rows = shard.Base.Count },
            Queries = shard.Queries with { First = 0, Rows = shard.Queries.Count },
            Program = program,
        };

    private static void RequireSameWork(ProblemList problems, DescribedTruth first, DescribedTruth shard)
    {
        var (one, other) = (Whole(first.Header), Whole(shard.Header));
        var differences = string.Join(", ", one.Differences(other));
        problems.Require(
            differences.Length == 0,
            $"'{shard.Path}' does not belong to '{first.Path}': {differences}. Merge shards of one piece of work only."
        );
    }

    // Without what may differ between shards.
    private static GroundTruthHeader Whole(GroundTruthHeader header) =>
        header with
        {
            Base = header.Base with { First = 0, Rows = header.Base.Count, Fingerprint = null },
            Queries = header.Queries with { First = 0, Rows = header.Queries.Count },
        };

    private static void RequirePartition(
        ProblemList problems,
        DescribedTruth[] parts,
        Func<DescribedTruth, SetPart> rangeOf,
        string what
    )
    {
        var end = 0L;
        DescribedTruth? before = null;
        foreach (var part in parts)
        {
            var range = rangeOf(part);
            problems.Require(range.First <= end, $"{what}: rows {end} to {range.First - 1} are in none of the files.");
            problems.Require(
                range.First >= end,
                $"{what}: '{part.Path}' has {range.Range}, of which '{before?.Path}' has some, too. Give each part once."
            );
            end = Math.Max(end, range.End);
            before = part;
        }
        var count = rangeOf(parts[0]).Count;
        problems.Require(end == count, $"{what}: rows {end} to {count - 1} are in none of the files.");
    }

    private static string BasePrint(DescribedTruth[] strip)
    {
        var header = strip[0].Header;
        return header.Base.IsWhole
            ? header.Base.Fingerprint!
            : Fingerprint.OfBlocks(
                header.Base.Count,
                header.Dimension,
                strip.SelectMany(shard => shard.Sections.BaseBlocks).ToArray()
            );
    }

    private static GroundTruthSections OfBaseShards(DescribedTruth[] strip)
    {
        if (strip.Length == 1)
            return strip[0].Sections with { BaseBlocks = [] };
        var k = strip[0].K;
        var ids = new long[strip[0].Sections.Ids.Length];
        var distances = new double[ids.Length];
        var found = new (double Distance, long Id)[strip.Length * k];
        for (var at = 0; at < ids.Length; at += k)
        {
            var count = 0;
            foreach (var shard in strip)
                for (var i = at; i < at + k && shard.Sections.Ids[i] >= 0; i++)
                    found[count++] = (shard.Sections.Distances[i], shard.Sections.Ids[i]);
            found.AsSpan(0, count).Sort();
            for (var i = 0; i < k; i++)
                (distances[at + i], ids[at + i]) = i < count ? found[i] : (double.PositiveInfinity, -1);
        }
        return strip[0].Sections with { Ids = ids, Distances = distances, BaseBlocks = [] };
    }

    private static GroundTruthSections Join(GroundTruthSections[] strips) =>
        strips.Length == 1
            ? strips[0]
            : new GroundTruthSections
            {
                Ids = [.. strips.SelectMany(strip => strip.Ids)],
                Distances = [.. strips.SelectMany(strip => strip.Distances)],
                QueryHashes = [.. strips.SelectMany(strip => strip.QueryHashes)],
                QueryIds = [.. strips.SelectMany(strip => strip.QueryIds)],
            };
}
