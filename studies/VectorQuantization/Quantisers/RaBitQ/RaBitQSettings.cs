using System.Globalization;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>How rows are turned before their signs are taken.</summary>
public enum RotationKind
{
    /// <summary>By a random orthogonal matrix.</summary>
    Dense,

    /// <summary>By signs and Hadamard transforms.</summary>
    Hadamard,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>What <c>rabitq</c> can be told.</summary>
/// <param name="Bits">Bits a coordinate, 1 to 9.</param>
/// <param name="Rotation">How rows are turned.</param>
/// <param name="Centred">Whether the training rows' mean is taken off each row.</param>
/// <param name="QueryBits">Bits that a query's coordinates are rounded to for codes of one bit; 0: not at all.</param>
public sealed record RaBitQSettings(int Bits, RotationKind Rotation, bool Centred, int QueryBits) : QuantiserSettings
{
    private const string Name = "rabitq";

    /// <summary>As the catalogue lists it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            Name,
            "RaBitQ: a randomly turned row as a point of a grid, searched by unbiased estimates.",
            [
                ("bits", "Bits a coordinate, 1 to 9; beside them a row takes 8 bytes (1)."),
                (
                    "rotation",
                    "dense (a random orthogonal matrix), hadamard (signs and Hadamard transforms: faster by far), or none, which "
                        + "loses what the method promises (dense)."
                ),
                ("centre", "What is taken off each row: mean or origin, that is nothing (mean)."),
                ("query-bits", "Bits that a query is rounded to for codes of 1 bit, 0 to 8; 0 rounds nothing (0)."),
            ],
            Read,
            RaBitQuantiser.Load
        );

    /// <inheritdoc />
    public override string Method => Name;

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [
            ("bits", Bits.ToString(CultureInfo.InvariantCulture)),
            ("rotation", Turned),
            ("centre", Centred ? "mean" : "origin"),
            ("query-bits", QueryBits.ToString(CultureInfo.InvariantCulture)),
        ];

    /// <inheritdoc />
    public override string Label =>
        $"RaBitQ {Bits}"
        + (Rotation == RotationKind.Dense ? "" : $" rotation {Turned}")
        + (Centred ? "" : " from origin")
        + (QueryBits == 0 ? "" : $" query {QueryBits}");

    private string Turned => Rotation.ToString().ToLowerInvariant();

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        problems.Require(
            QueryBits == 0 || Bits == 1,
            $"'query-bits={QueryBits}' is for codes of 1 bit, not of {Bits}: their queries are not rounded. "
                + "Leave it out, or use bits=1."
        );
        problems.Require(
            !Centred || trainingRows >= 1,
            "'centre=mean' has no rows to learn a mean from. Give it at least 1, or use centre=origin."
        );
    }

    /// <inheritdoc />
    public override int CodeBytes(int dimension) => new RaBitQLayout(dimension, Bits).CodeBytes;

    // The matrix is made in double precision; then it stands in memory as it is and packed.
    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows) =>
        Rotation == RotationKind.Dense ? 20L * dimension * dimension : 32L * dimension;

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(with);
        var d = rows.Dimension;
        var centre = Centred ? rows.Mean(with.Threads, with.Stop) : new float[d];
        var random = new RandomSequence(with.Seed);
        Rotation rotation = Rotation switch
        {
            RotationKind.Dense => new DenseRotation(RandomRotation.Dense(d, random, with.Threads, with.Stop), d),
            RotationKind.Hadamard => HadamardRotation.Random(d, random),
            _ => new NoRotation(d),
        };
        return new RaBitQuantiser(centre, rotation, Bits, QueryBits);
    }

    private static RaBitQSettings Read(SettingValues values)
    {
        var settings = new RaBitQSettings(
            values.Integer("bits", 1, 1, 9),
            values.Choice("rotation", "dense", "hadamard", "none") switch
            {
                "hadamard" => RotationKind.Hadamard,
                "none" => RotationKind.None,
                _ => RotationKind.Dense,
            },
            values.Choice("centre", "mean", "origin") == "mean",
            values.Integer("query-bits", 0, 0, 8)
        );
        values.Done();
        return settings;
    }
}
