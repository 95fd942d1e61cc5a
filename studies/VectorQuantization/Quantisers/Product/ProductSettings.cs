using System.Globalization;
using VectorQuantization.Clustering;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>What <c>pq</c> can be told.</summary>
/// <param name="M">Parts that a row is cut into.</param>
/// <param name="Bits">Of an index: 4 to 12.</param>
/// <param name="Iterations">Of k-means.</param>
/// <param name="Restarts">Of k-means.</param>
/// <param name="RowsPerCentroid">Of more rows than this for each centroid, a sample is drawn.</param>
public sealed record ProductSettings(int M, int Bits, int Iterations, int Restarts, int RowsPerCentroid)
    : QuantiserSettings
{
    /// <summary>The method as the catalogue has it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            "pq",
            "Product quantisation: each of M parts of a row stands for the nearest of 2^bits centroids.",
            Meanings,
            Read,
            ProductQuantiser.Load
        );

    /// <summary>The settings that everything has that is trained like this.</summary>
    internal static IReadOnlyList<(string Name, string Meaning)> Meanings =>
        [
            ("m", "Parts of a row; divides the dimension (16)."),
            ("bits", "Bits of a part's index, 4 to 12 (8)."),
            ("iterations", "Lloyd's iterations of k-means, 1 to 1000 (25)."),
            ("restarts", "Tries of k-means from other starting points, 1 to 100; the best counts (1)."),
            (
                "sample",
                "Training rows a centroid, 1 to 100000; of more rows, so many are drawn (what makes 65536 rows, at least 256)."
            ),
        ];

    /// <inheritdoc />
    public override string Method => "pq";

    /// <inheritdoc />
    public override string Label => $"PQ {M}x{Bits}";

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [
            ("m", Text(M)),
            ("bits", Text(Bits)),
            ("iterations", Text(Iterations)),
            ("restarts", Text(Restarts)),
            ("sample", Text(RowsPerCentroid)),
        ];

    internal KMeansSettings Clustering => new(1 << Bits, Iterations, Restarts, RowsPerCentroid);

    /// <summary>Reads the user's settings.</summary>
    public static ProductSettings Read(SettingValues values)
    {
        var read = Parse(values);
        values.Done();
        return read;
    }

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems)
    {
        problems.Require(
            dimension % M == 0,
            $"'m={M}' does not divide the dimension {dimension}. {Divisors.Near(dimension, M)}"
        );
        problems.Require(
            trainingRows >= 1 << Bits,
            $"'bits={Bits}' means {1 << Bits} centroids for each part, and there are only {trainingRows} rows to learn them "
                + "from. Take more rows or fewer bits."
        );
    }

    /// <inheritdoc />
    public override int CodeBytes(int dimension) => PackedIndices.Bytes(M, Bits);

    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows)
    {
        var rows = Math.Min(trainingRows, Clustering.MostRows);
        var codebooks = (long)sizeof(float) * dimension << Bits;
        return RowTiles.Bytes(rows, dimension) + (6 * codebooks) + (16 * rows * M);
    }

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with)
    {
        var random = new RandomSequence(with.Seed);
        using var sample = SampledVectors.Draw(rows, Clustering.MostRows, random.Fork(0));
        using var tiles = RowTiles.Of(sample, with.Threads, with.Stop);
        tiles.Centre(with.Threads);
        return ProductTraining.Train(tiles, M, Clustering, random.Fork(1), with);
    }

    /// <summary>Reads the settings without refusing those that a method built on this one adds.</summary>
    internal static ProductSettings Parse(SettingValues values)
    {
        var bits = values.Integer("bits", 8, 4, 12);
        return new(
            values.Integer("m", 16, 1, 1 << 16),
            bits,
            values.Integer("iterations", 25, 1, 1000),
            values.Integer("restarts", 1, 1, 100),
            values.Integer("sample", KMeansSettings.DefaultRowsPerCentroid(1 << bits), 1, 100_000)
        );
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
