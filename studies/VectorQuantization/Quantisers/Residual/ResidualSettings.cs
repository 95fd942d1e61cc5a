using System.Globalization;
using VectorQuantization.Clustering;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>What <c>rq</c> can be told.</summary>
/// <param name="Stages">Codebooks that are added up.</param>
/// <param name="Bits">Of an index: 4 to 10.</param>
/// <param name="Beam">Candidates that encoding keeps.</param>
/// <param name="Norm">How lengths are kept for L2: <c>float</c>, <c>byte</c> or <c>none</c>.</param>
/// <param name="Iterations">Of k-means.</param>
/// <param name="Restarts">Of k-means.</param>
/// <param name="RowsPerCentroid">Of more rows than this for each centroid, a sample is drawn.</param>
public sealed record ResidualSettings(
    int Stages,
    int Bits,
    int Beam,
    string Norm,
    int Iterations,
    int Restarts,
    int RowsPerCentroid
) : QuantiserSettings
{
    // Tables of all centroids with all: 256 MiB.
    private const int MostCentroids = 8192;

    /// <summary>The method as the catalogue has it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            "rq",
            "Residual quantisation: a row is the sum of a centroid of each stage, found by a beam search.",
            [
                ("stages", "Codebooks that are added up, 1 to 512 (8)."),
                ("bits", "Bits of a stage's index, 4 to 10 (8); stages x 2^bits is at most 8192."),
                ("beam", "Candidates that encoding keeps from stage to stage, 1 to 64 (5)."),
                ("norm", "How the length of a decoded row is kept for L2 searches: float, byte or none (float)."),
                ("iterations", "Lloyd's iterations of k-means, 1 to 1000 (10)."),
                ("restarts", "Tries of k-means from other starting points, 1 to 100; the best counts (1)."),
                (
                    "sample",
                    "Training rows a centroid, 1 to 100000; of more rows, so many are drawn (what makes 65536 rows, at least 256)."
                ),
            ],
            Read,
            ResidualQuantiser.Load
        );

    /// <inheritdoc />
    public override string Method => "rq";

    /// <inheritdoc />
    public override string Label => $"RQ {Stages}x{Bits}";

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [
            ("stages", Text(Stages)),
            ("bits", Text(Bits)),
            ("beam", Text(Beam)),
            ("norm", Norm),
            ("iterations", Text(Iterations)),
            ("restarts", Text(Restarts)),
            ("sample", Text(RowsPerCentroid)),
        ];

    internal ResidualShape Shape => new(Stages, Bits, Beam);

    internal KMeansSettings Clustering => new(1 << Bits, Iterations, Restarts, RowsPerCentroid);

    /// <summary>Reads the user's settings.</summary>
    public static ResidualSettings Read(SettingValues values)
    {
        var bits = values.Integer("bits", 8, 4, 10);
        var read = new ResidualSettings(
            values.Integer("stages", 8, 1, 512),
            bits,
            values.Integer("beam", 5, 1, 64),
            values.Choice("norm", "float", "byte", "none"),
            values.Integer("iterations", 10, 1, 1000),
            values.Integer("restarts", 1, 1, 100),
            values.Integer("sample", KMeansSettings.DefaultRowsPerCentroid(1 << bits), 1, 100_000)
        );
        values.Done();
        return read;
    }

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems)
    {
        problems.Require(
            Shape.Centroids <= MostCentroids,
            $"'stages={Stages} bits={Bits}' means {Shape.Centroids} centroids, and at most {MostCentroids} can be searched "
                + "together. Take fewer stages or bits."
        );
        problems.Require(
            trainingRows >= 1 << Bits,
            $"'bits={Bits}' means {1 << Bits} centroids for each stage, and there are only {trainingRows} rows to learn them "
                + "from. Take more rows or fewer bits."
        );
    }

    /// <inheritdoc />
    public override int CodeBytes(int dimension) => Shape.IndexBytes + NormBytes;

    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows)
    {
        var rows = Math.Min(trainingRows, Clustering.MostRows);
        var codebooks = (long)sizeof(float) * dimension * Shape.Centroids;
        var tables = (long)sizeof(float) * Shape.Centroids * Shape.Centroids;
        return (2 * RowTiles.Bytes(rows, dimension)) + (4 * codebooks) + tables + (rows * (16 + (2 * Stages)));
    }

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with) => new ResidualTraining(this, rows, with).Learn();

    private int NormBytes =>
        Norm switch
        {
            "float" => 4,
            "byte" => 1,
            _ => 0,
        };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
