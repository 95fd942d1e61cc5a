using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>What is done with one coordinate's values.</summary>
/// <param name="coordinate">From 0.</param>
/// <param name="sorted">Ascending.</param>
internal delegate void ColumnWork(int coordinate, ReadOnlySpan<float> sorted);

/// <summary>Each coordinate's values, sorted, of all rows or of a random sample of them.</summary>
internal static class ColumnSample
{
    /// <summary>More rows than this are sampled: 512 for each of 256 levels.</summary>
    private const int MostRows = 1 << 17;

    // As many coordinates at once as make 256 MiB.
    private const int FloatsAtOnce = 1 << 26;

    /// <summary>Bytes that it takes beside the rows.</summary>
    public static long Bytes(int dimension, long rows)
    {
        var taken = Math.Min(rows, MostRows);
        return sizeof(float) * taken * Group(dimension, taken);
    }

    /// <summary>Calls <paramref name="work"/> once for each coordinate, on several threads.</summary>
    public static void ForEachSorted(VectorSet rows, Training with, ColumnWork work)
    {
        var taken = (int)Math.Min(rows.Count, MostRows);
        var chosen = rows.Count > MostRows ? new RandomSequence(with.Seed).Sample(rows.Count, taken) : null;
        var group = Group(rows.Dimension, taken);
        var columns = new float[(long)group * taken];
        for (var start = 0; start < rows.Dimension; start += group)
        {
            var first = start;
            var width = Math.Min(group, rows.Dimension - first);
            Gather(rows, chosen, taken, first, width, columns, with);
            RowBlocks.ForEach(
                width,
                1,
                with.Threads,
                (column, _, _) =>
                {
                    var values = columns.AsSpan(column * taken, taken);
                    values.Sort();
                    work(first + column, values);
                },
                with.Stop
            );
        }
    }

    private static int Group(int dimension, long taken) =>
        (int)Math.Clamp(FloatsAtOnce / Math.Max(1, taken), 1, dimension);

    private static void Gather(
        VectorSet rows,
        long[]? chosen,
        int taken,
        int first,
        int width,
        float[] columns,
        Training with
    ) =>
        RowBlocks.ForEach(
            taken,
            256,
            with.Threads,
            (_, start, count) =>
            {
                var d = rows.Dimension;
                var block = new float[count * d];
                if (chosen is null)
                    rows.Read(start, block);
                for (var i = 0; i < count; i++)
                {
                    var row = block.AsSpan(i * d, d);
                    if (chosen is not null)
                        rows.Read(chosen[start + i], row);
                }
                for (var column = 0; column < width; column++)
                for (var i = 0; i < count; i++)
                    columns[((long)column * taken) + start + i] = block[(i * d) + first + column];
            },
            with.Stop
        );
}
