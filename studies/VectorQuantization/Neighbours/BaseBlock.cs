using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Some rows of the base, laid out for the kernel, with what screening has to know of each.</summary>
internal sealed unsafe class BaseBlock : IDisposable
{
    /// <summary>Rows of a block: at 784 coordinates 6 MiB, which all threads share in the last cache.</summary>
    public const int Rows = 2048;

    private readonly VectorSet source;
    private readonly Metric metric;
    private readonly float[]? centre;
    private readonly PackedRows packed;
    private readonly AlignedFloats factors = new(3 * Rows);
    private readonly ThreadLocal<float[]> scratch;

    public BaseBlock(VectorSet source, Metric metric, float[]? centre)
    {
        this.source = source;
        this.metric = metric;
        this.centre = centre;
        packed = new PackedRows(Rows, source.Dimension);
        scratch = new ThreadLocal<float[]>(() => new float[PackedRows.Panel * source.Dimension]);
    }

    /// <summary>The first row's number in the base.</summary>
    public long First { get; private set; }

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    public int Panels => (Count + PackedRows.Panel - 1) / PackedRows.Panel;

    /// <summary>Factors A of all rows; see <see cref="Screening"/>.</summary>
    public float* A => factors.Pointer;

    /// <summary>Summands B.</summary>
    public float* B => factors.Pointer + Rows;

    /// <summary>Lengths N.</summary>
    public float* N => factors.Pointer + (2 * Rows);

    public float* Panel(int panel) => packed.PanelAt(panel, 0);

    /// <summary>Reads and packs rows; NaN, infinities and, under cosine, rows without a direction are refused.</summary>
    public void Load(long first, int count, int threads)
    {
        First = first;
        Count = count;
        RowBlocks.ForEach(count, PackedRows.Panel, threads, LoadPanel);
    }

    private void LoadPanel(int panel, long start, int rows)
    {
        var dimension = source.Dimension;
        var values = scratch.Value!.AsSpan(0, rows * dimension);
        if (source.TryGet(First + start, rows, out var mapped))
            mapped.CopyTo(values);
        else
            source.Read(First + start, values);
        for (var row = 0; row < rows; row++)
        {
            var at = (int)start + row;
            var length = Prepare(metric, source, First + at, values.Slice(row * dimension, dimension), centre);
            (A[at], B[at], N[at]) = Screening.OfRow(metric, length);
        }
        packed.PackPanel(panel, values);
    }

    /// <summary>Takes a row relative to the centre, in place.</summary>
    /// <returns>Its length then.</returns>
    public static double Prepare(Metric metric, VectorSet source, long number, Span<float> row, float[]? centre)
    {
        if (centre is not null)
            Kernels.Subtract(row, centre);
        var square = ExactDistance.Dot(row, row);
        if (!double.IsFinite(square))
            throw new BadInputException(
                $"'{source.Origin}': row {number} holds NaN or an infinity, which has no distance to anything. Remove such rows."
            );
        if (square == 0 && metric == Metric.Cosine)
            throw UnitVectors.NoDirection(source.Origin, number);
        return Math.Sqrt(square);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        packed.Dispose();
        factors.Dispose();
        scratch.Dispose();
    }
}
