using System.Numerics;
using System.Runtime.Intrinsics;
using VectorQuantization.Numerics;

namespace VectorQuantization.Neighbours;

/// <summary>Holds queries against a block of the base: inner products of a tile, and what in it may be near enough.</summary>
internal static unsafe class BlockScan
{
    [ThreadStatic]
    private static AlignedFloats? scratch;

    /// <summary>Some tiles of queries against all rows of the block, on the calling thread.</summary>
    public static void Run(
        QueryBlock queries,
        int firstTile,
        int tiles,
        BaseBlock block,
        int dimension,
        CandidateLists candidates
    )
    {
        var products = (scratch ??= new AlignedFloats(TileKernel.MostRows * PackedRows.Panel)).Pointer;
        for (var panel = 0; panel < block.Panels; panel++)
        for (var tile = firstTile; tile < firstTile + tiles; tile++)
        {
            TileKernel.Multiply(queries.Tile(tile), block.Panel(panel), dimension, products);
            Screen(queries, tile, block, panel, products, candidates);
        }
    }

    private static void Screen(
        QueryBlock queries,
        int tile,
        BaseBlock block,
        int panel,
        float* products,
        CandidateLists candidates
    )
    {
        var first = panel * PackedRows.Panel;
        var lanes = Math.Min(PackedRows.Panel, block.Count - first);
        var present = lanes == PackedRows.Panel ? uint.MaxValue : (1u << lanes) - 1;
        var height = Math.Min(TileKernel.Rows, queries.Count - (tile * TileKernel.Rows));
        for (var row = 0; row < height; row++)
        {
            var query = (tile * TileKernel.Rows) + row;
            var slope = queries.SlopeOf(query);
            var product = products + (row * PackedRows.Panel);
            var limit = queries.LimitOf(query);
            var left = Within(product, block, first, slope, limit);
            var right = Within(product + 16, block, first + 16, slope, limit);
            var near = (left | (right << 16)) & present;
            for (; near != 0; near &= near - 1)
            {
                var lane = BitOperations.TrailingZeroCount(near);
                var at = first + lane;
                var low = MathF.FusedMultiplyAdd(
                    product[lane],
                    block.A[at],
                    MathF.FusedMultiplyAdd(-slope, block.N[at], block.B[at])
                );
                if (!(low > queries.LimitOf(query)))
                    candidates.Add(query, low, block.N[at], block.First + at);
            }
        }
    }

    // "Not above" instead of "at most": what came out as NaN is looked at, too.
    private static uint Within(float* products, BaseBlock block, int first, float slope, float limit)
    {
        var bound = Vector512.FusedMultiplyAdd(
            Vector512.Create(-slope),
            Vector512.Load(block.N + first),
            Vector512.Load(block.B + first)
        );
        var low = Vector512.FusedMultiplyAdd(Vector512.Load(products), Vector512.Load(block.A + first), bound);
        return (uint)~Vector512.GreaterThan(low, Vector512.Create(limit)).ExtractMostSignificantBits() & 0xFFFF;
    }
}
