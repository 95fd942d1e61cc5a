using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>A folder of files of one format and one dimension, one after the other in the order of their names.</summary>
internal static class ShardFolder
{
    public static VectorSet Open(string folder, OpenSettings settings)
    {
        var files = Files(folder);
        var problems = new ProblemList();
        var shards = new List<VectorSet>();
        try
        {
            foreach (var file in files)
            {
                if (problems.Try(() => VectorFile.OpenFile(file, settings)) is { } shard)
                    shards.Add(shard);
            }
            foreach (var shard in shards)
                problems.Require(
                    shard.Dimension == shards[0].Dimension,
                    $"'{shard.Origin}' has {shard.Dimension} coordinates a row, '{shards[0].Origin}' has {shards[0].Dimension}: all files of "
                        + $"the folder '{folder}' must have equally many."
                );
            problems.ThrowIfAny();
        }
        catch
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
        return new ShardedVectors(folder, [.. shards]);
    }

    /// <summary>The files that a folder stands for.</summary>
    /// <exception cref="BadInputException">There are none, or of several formats.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var byFormat = Directory
            .GetFiles(folder)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .GroupBy(file => FileFormats.ByName(file)?.Name)
            .Where(group => group.Key is not null)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToArray();
        return byFormat switch
        {
            [var one] => [.. one.Order(StringComparer.Ordinal)],
            [] => throw new BadInputException(
                $"The folder '{folder}' holds no file of vectors. Known are {FileFormats.Extensions}."
            ),
            _ => throw new BadInputException(
                $"The folder '{folder}' holds files of several formats: "
                    + string.Join(", ", byFormat.Select(group => $"{group.Count()} {group.Key}"))
                    + ". Name the file, or put the shards into a folder of their own."
            ),
        };
    }
}

/// <summary>Several sets as one. Owns them.</summary>
internal sealed class ShardedVectors : VectorSet
{
    private readonly VectorSet[] shards;
    private readonly long[] starts;

    public ShardedVectors(string origin, VectorSet[] shards)
        : base(origin, shards.Sum(shard => shard.Count), shards[0].Dimension)
    {
        this.shards = shards;
        starts = new long[shards.Length + 1];
        for (var i = 0; i < shards.Length; i++)
            starts[i + 1] = starts[i] + shards[i].Count;
    }

    public override ElementType Element => shards[0].Element;

    public override long ResidentBytes => shards.Sum(shard => shard.ResidentBytes);

    public override void Read(long first, Span<float> rows)
    {
        var asked = RowsAsked(first, rows);
        for (var at = 0; at < asked; )
        {
            var shard = ShardOf(first + at);
            var count = (int)Math.Min(asked - at, starts[shard + 1] - (first + at));
            shards[shard].Read(first + at - starts[shard], rows.Slice(at * Dimension, count * Dimension));
            at += count;
        }
    }

    public override bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        if (rowCount < 1)
            return false;
        var shard = ShardOf(first);
        return first + rowCount <= starts[shard + 1] && shards[shard].TryGet(first - starts[shard], rowCount, out rows);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var shard in shards)
            shard.Dispose();
        base.Dispose(disposing);
    }

    private int ShardOf(long row)
    {
        var found = Array.BinarySearch(starts, row);
        if (found < 0)
            return ~found - 1;
        // Empty shards share their start with the next.
        while (found + 1 < starts.Length && starts[found + 1] == row)
            found++;
        return found;
    }
}
