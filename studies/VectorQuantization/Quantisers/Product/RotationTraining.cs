using System.Buffers;
using VectorQuantization.Clustering;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Learns a rotation and codebooks in turns: codes for turned rows, then the rotation that brings rows nearest to their codes.</summary>
/// <remarks>
/// The non-parametric solution of T. Ge and others (2013). What had the least error on the training rows is kept, so that no
/// turn can end worse than where it started; the first codebooks behind the identity are those of plain product quantisation.
/// </remarks>
internal sealed class RotationTraining : IDisposable
{
    private const int TurnedRows = 8 * RowTiles.Height;
    private const int IterationsPerRound = 4;

    // Directions in which rows don't vary leave the rotation free; a pull of this size, relative to the typical singular value,
    // keeps it where it was.
    private const double Pull = 1e-3;

    private readonly RotatedSettings settings;
    private readonly Training with;
    private readonly RandomSequence random;
    private readonly float[] mean;
    private readonly float[] rows;
    private readonly RowTiles tiles;
    private readonly int dimension;
    private readonly int part;
    private readonly int[][] ids;
    private float[] rotation;

    public RotationTraining(RotatedSettings settings, VectorSet given, Training with)
    {
        (this.settings, this.with) = (settings, with);
        random = new RandomSequence(with.Seed);
        dimension = given.Dimension;
        part = dimension / settings.Product.M;
        using var sample = SampledVectors.Draw(given, settings.Product.Clustering.MostRows, random.Fork(0));
        rows = sample.ToArray(with.Threads, with.Stop);
        rotation = Start(rows);
        tiles = new RowTiles(rows.Length / dimension, dimension);
        mean = Centre();
        ids = new int[settings.Product.M][];
    }

    /// <summary>Learns.</summary>
    public RotatedQuantiser Learn()
    {
        var centroids = settings.Product.Clustering.Centroids;
        var codebooks = new float[dimension * centroids];
        Turn();
        ForParts(
            (i, slice, inner) =>
                KMeans
                    .Train(slice, settings.Product.Clustering, random.Fork(1).Fork((ulong)i), inner, with.Stop)
                    .Centroids.CopyTo(Codebook(codebooks, i))
        );
        var best = (Error: Improve(codebooks, 1), Rotation: rotation, Codebooks: codebooks.ToArray());
        for (var round = 0; round < settings.Rounds; round++)
        {
            rotation = Procrustes(codebooks);
            Turn();
            var error = Improve(codebooks, IterationsPerRound);
            if (error < best.Error)
                best = (error, rotation, codebooks.ToArray());
        }
        rotation = best.Rotation;
        Turn();
        Improve(best.Codebooks, settings.Product.Iterations);
        AddMean(best.Codebooks);
        return new RotatedQuantiser(
            rotation,
            new ProductQuantiser(dimension, settings.Product.M, settings.Product.Bits, best.Codebooks)
        );
    }

    private float[] Start(float[] sample) =>
        settings.Start switch
        {
            "identity" => PolarDecomposition.Identity(dimension),
            "random" => RandomRotation.Dense(dimension, random.Fork(2), with.Threads, with.Stop),
            _ => EigenvalueAllocation.Rotation(
                PrincipalComponents.Of(new MemoryVectors("sample", sample, dimension), with.Threads, with.Stop),
                settings.Product.M
            ),
        };

    private float[] Centre()
    {
        var sums = new double[dimension];
        for (var at = 0; at < rows.Length; at += dimension)
        for (var k = 0; k < dimension; k++)
            sums[k] += rows[at + k];
        var found = Array.ConvertAll(sums, sum => (float)(sum / tiles.Rows));
        for (var at = 0; at < rows.Length; at += dimension)
            Kernels.Subtract(rows.AsSpan(at, dimension), found);
        return found;
    }

    private void Turn()
    {
        using var packed = PackedRows.Of(rotation, dimension);
        RowBlocks.ForEach(
            tiles.Rows,
            TurnedRows,
            with.Threads,
            (_, first, count) =>
            {
                // All blocks of a round together are as large as the rows: new ones would pile up.
                var rented = ArrayPool<float>.Shared.Rent(count * dimension);
                var turned = rented.AsSpan(0, count * dimension);
                MatrixProduct.Multiply(rows.AsSpan((int)first * dimension, turned.Length), packed, turned);
                tiles.Fill((int)first, turned);
                ArrayPool<float>.Shared.Return(rented);
            },
            with.Stop
        );
    }

    // Lloyd's iterations on all parts, from where the codebooks stand. The error is that before the last averaging.
    private double Improve(float[] codebooks, int iterations)
    {
        var errors = new double[ids.Length];
        ForParts(
            (i, slice, inner) =>
            {
                using var lloyd = new Lloyd(slice, settings.Product.Clustering.Centroids, inner);
                var stream = random.Fork(3).Fork((ulong)i);
                errors[i] = lloyd.Run(Codebook(codebooks, i), iterations, stream, with.Stop).Error;
                ids[i] = lloyd.Ids;
            }
        );
        return errors.Sum();
    }

    private float[] Procrustes(float[] codebooks)
    {
        var products = CrossProducts.Of(rows, dimension, ids, codebooks, with);
        double squares = 0;
        for (var i = 0; i < dimension; i++)
            squares += Kernels.Dot(
                products.AsSpan(i * dimension, dimension),
                products.AsSpan(i * dimension, dimension)
            );
        var pull = (float)(Pull * Math.Sqrt(squares / dimension));
        for (var i = 0; i < products.Length; i++)
            products[i] += pull * rotation[i];
        return PolarDecomposition.OrthogonalFactor(products, dimension, with.Threads);
    }

    private void AddMean(float[] codebooks)
    {
        var turned = new float[dimension];
        using var packed = PackedRows.Of(rotation, dimension);
        MatrixProduct.Multiply(mean, packed, turned);
        for (var i = 0; i < ids.Length; i++)
        {
            var codebook = Codebook(codebooks, i);
            for (var at = 0; at < codebook.Length; at += part)
                Kernels.Add(codebook.Slice(at, part), turned.AsSpan(i * part, part));
        }
    }

    private void ForParts(Action<int, TileSlice, int> work) =>
        ProductTraining.ForParts(
            settings.Product.M,
            with,
            (i, inner) => work(i, new TileSlice(tiles, i * part, part), inner)
        );

    private Span<float> Codebook(float[] codebooks, int i)
    {
        var length = part * settings.Product.Clustering.Centroids;
        return codebooks.AsSpan(i * length, length);
    }

    /// <inheritdoc />
    public void Dispose() => tiles.Dispose();
}
