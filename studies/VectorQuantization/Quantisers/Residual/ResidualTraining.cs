using VectorQuantization.Clustering;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>Learns a codebook a stage, each from what a beam search over those before it left of the rows.</summary>
internal sealed class ResidualTraining
{
    private readonly ResidualSettings settings;
    private readonly Training with;
    private readonly RandomSequence random;
    private readonly int dimension;
    private readonly int count;
    private readonly float[] rows;
    private readonly ushort[] indices;
    private readonly float[] codebooks;

    public ResidualTraining(ResidualSettings settings, VectorSet given, Training with)
    {
        (this.settings, this.with) = (settings, with);
        random = new RandomSequence(with.Seed);
        using var sample = SampledVectors.Draw(given, settings.Clustering.MostRows, random.Fork(0));
        rows = sample.ToArray(with.Threads, with.Stop);
        dimension = given.Dimension;
        count = rows.Length / dimension;
        indices = new ushort[count * settings.Stages];
        codebooks = new float[settings.Shape.Centroids * dimension];
    }

    /// <summary>Learns.</summary>
    public ResidualQuantiser Learn()
    {
        using (var tiles = new RowTiles(count, dimension))
        {
            for (var stage = 0; stage < settings.Stages; stage++)
            {
                Left(stage, tiles);
                tiles.Centre(with.Threads);
                KMeans
                    .Train(
                        new TileSlice(tiles, 0, dimension),
                        settings.Clustering,
                        random.Fork(1 + (ulong)stage),
                        with.Threads,
                        with.Stop
                    )
                    .Centroids.CopyTo(codebooks.AsSpan((stage << settings.Bits) * dimension));
                if (stage + 1 < settings.Stages || settings.Norm == "byte")
                    Search(stage + 1);
            }
        }
        return new ResidualQuantiser(settings.Shape, dimension, codebooks, Norms());
    }

    // Rows less the centroids found for them so far.
    private void Left(int stages, RowTiles tiles) =>
        RowBlocks.ForEach(
            count,
            RowTiles.Height,
            with.Threads,
            (_, first, taken) =>
            {
                var left = rows.AsSpan((int)first * dimension, taken * dimension).ToArray();
                for (var row = 0; row < taken; row++)
                for (var stage = 0; stage < stages; stage++)
                    Kernels.Subtract(left.AsSpan(row * dimension, dimension), Chosen((int)first + row, stages, stage));
                tiles.Fill((int)first, left);
            },
            with.Stop
        );

    private ReadOnlySpan<float> Chosen(int row, int stages, int stage) =>
        codebooks.AsSpan(((stage << settings.Bits) + indices[(row * stages) + stage]) * dimension, dimension);

    private void Search(int stages)
    {
        var shape = settings.Shape with { Stages = stages };
        var tables = new BeamTables(shape, dimension, codebooks.AsSpan(0, shape.Centroids * dimension), with.Threads);
        RowBlocks.ForEach(
            count,
            10 * BeamSearch.MostRows,
            with.Threads,
            (_, first, taken) =>
            {
                var search = new BeamSearch(tables);
                for (var at = 0; at < taken; at += BeamSearch.MostRows)
                {
                    var row = (int)first + at;
                    var some = Math.Min(BeamSearch.MostRows, taken - at);
                    search.Find(
                        rows.AsSpan(row * dimension, some * dimension),
                        indices.AsSpan(row * stages, some * stages)
                    );
                }
            },
            with.Stop
        );
    }

    private NormCode Norms()
    {
        if (settings.Norm != "byte")
            return settings.Norm == "float" ? NormCode.Single : NormCode.None;
        var norms = new float[count];
        var row = new float[dimension];
        for (var i = 0; i < count; i++)
        {
            Array.Clear(row);
            for (var stage = 0; stage < settings.Stages; stage++)
                Kernels.Add(row, Chosen(i, settings.Stages, stage));
            norms[i] = Kernels.Dot(row, row);
        }
        return NormCode.StepsOver(norms);
    }
}
