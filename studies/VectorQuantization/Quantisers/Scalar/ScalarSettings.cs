using System.Globalization;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Where a scalar quantiser puts its levels.</summary>
public enum LevelPlacement
{
    /// <summary>Evenly from the least to the greatest value of each coordinate.</summary>
    Uniform,

    /// <summary>Evenly, with a share of the values cut off at each end.</summary>
    Quantile,

    /// <summary>Where the squared error over the training rows is least, coordinate by coordinate.</summary>
    Lloyd,

    /// <summary>As for a normal distribution of each coordinate's mean and variance.</summary>
    Gaussian,
}

/// <summary>Scalar quantisation: each coordinate by itself to one of 2^bits levels.</summary>
/// <param name="Bits">2 to 8, or 16.</param>
/// <param name="Placement">Where the levels lie.</param>
/// <param name="Tail">Share of the training values cut off at each end when <paramref name="Placement"/> is by quantiles.</param>
/// <param name="Centre">
/// Cut to the level below and decode half a step above it, as FAISS's <c>SQ8</c> does, instead of rounding to the nearest level.
/// </param>
public sealed record ScalarSettings(int Bits, LevelPlacement Placement, double Tail, bool Centre) : QuantiserSettings
{
    private const string Name = "sq";

    /// <summary>As the catalogue lists it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            Name,
            "Scalar quantisation: each coordinate by itself to one of 2^bits levels.",
            [
                ("bits", "Bits a coordinate: 2 to 8, or 16. Default 8."),
                (
                    "range",
                    "Where the levels lie: uniform (least to greatest value, the default), quantile (tails cut off), lloyd "
                        + "(least squared error), gaussian (mean and variance). The last two up to 8 bits."
                ),
                ("tail", "Share of the values cut off at each end for range=quantile: 0 to 0.25. Default 0.001."),
                (
                    "decode",
                    "level (round to the nearest level, the default), or centre (cut, then decode half a step above, as FAISS "
                        + "does). For range=uniform and quantile."
                ),
            ],
            Read,
            ScalarQuantiser.Load
        );

    /// <inheritdoc />
    public override string Method => Name;

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [
            ("bits", Bits.ToString(CultureInfo.InvariantCulture)),
            ("range", Range),
            ("tail", Tail.ToString(CultureInfo.InvariantCulture)),
            ("decode", Centre ? "centre" : "level"),
        ];

    /// <inheritdoc />
    public override string Label =>
        $"SQ{Bits}{(Placement == LevelPlacement.Uniform ? "" : " " + Range)}{(Centre ? " centre" : "")}";

    private string Range => Placement.ToString().ToLowerInvariant();

    private bool Even => Placement is LevelPlacement.Uniform or LevelPlacement.Quantile;

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        problems.Require(
            Bits is (>= 2 and <= 8) or 16,
            $"'--bits {Bits}' is no width that sq knows. Choose 2 to 8, or 16."
        );
        problems.Require(
            Even || Bits <= 8,
            $"'--range {Range}' keeps a table of levels for each coordinate and goes up to 8 bits, not {Bits}. "
                + "Use --bits 8, or --range uniform."
        );
        problems.Require(
            Even || !Centre,
            $"'--decode centre' is for evenly spaced levels, which '--range {Range}' has not. Leave it out, or use --range uniform."
        );
        problems.Require(trainingRows >= 1, "'sq' has no rows to learn a range from. Give it at least 1.");
    }

    /// <inheritdoc />
    public override int CodeBytes(int dimension) => Bits == 16 ? 2 * dimension : PackedBits.Bytes(dimension, Bits);

    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows) =>
        Placement switch
        {
            LevelPlacement.Uniform => 8L * dimension * RowBlocks.Count(trainingRows, ColumnRanges.BlockRows),
            LevelPlacement.Gaussian => 16L * dimension * RowBlocks.Count(trainingRows, ColumnRanges.BlockRows),
            _ => ColumnSample.Bytes(dimension, trainingRows),
        };

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(with);
        if (!Even)
            return new TableScalarQuantiser(rows.Dimension, Bits, LevelTables.Train(rows, Bits, Placement, with));
        var (low, high) =
            Placement == LevelPlacement.Uniform
                ? ColumnRanges.LeastAndGreatest(rows, with)
                : ColumnRanges.Quantiles(rows, Tail, with);
        return new EvenScalarQuantiser(low, high, Bits, Centre);
    }

    private static ScalarSettings Read(SettingValues values)
    {
        var settings = new ScalarSettings(
            values.Integer("bits", 8, 2, 16),
            values.Choice("range", "uniform", "quantile", "lloyd", "gaussian") switch
            {
                "quantile" => LevelPlacement.Quantile,
                "lloyd" => LevelPlacement.Lloyd,
                "gaussian" => LevelPlacement.Gaussian,
                _ => LevelPlacement.Uniform,
            },
            values.Number("tail", 0.001, 0, 0.25),
            values.Choice("decode", "level", "centre") == "centre"
        );
        values.Done();
        return settings;
    }
}
