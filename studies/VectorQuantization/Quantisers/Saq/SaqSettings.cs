using System.Globalization;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Saq;

/// <summary>What <c>saq</c> can be told.</summary>
/// <param name="Bits">Bits a coordinate on average, 0.1 to 8.</param>
/// <param name="Segments">The most segments with bits.</param>
/// <param name="Rounds">The most rounds of code adjustment.</param>
public sealed record SaqSettings(double Bits, int Segments, int Rounds) : QuantiserSettings
{
    private const string Name = "saq";

    /// <summary>As the catalogue lists it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            Name,
            "SAQ: principal components in segments, which share out the bits, coded by their directions.",
            [
                ("bits", "Bits a coordinate on average, 0.1 to 8; beside them a row takes 8 bytes (4)."),
                ("segments", "The most segments; each after the first takes 4 bytes of the bits (8)."),
                ("rounds", "The most rounds of code adjustment, 0 to 100 (6)."),
            ],
            Read,
            SaqQuantiser.Load
        );

    /// <inheritdoc />
    public override string Method => Name;

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [
            ("bits", Bits.ToString(CultureInfo.InvariantCulture)),
            ("segments", Segments.ToString(CultureInfo.InvariantCulture)),
            ("rounds", Rounds.ToString(CultureInfo.InvariantCulture)),
        ];

    /// <inheritdoc />
    public override string Label => $"SAQ {Bits.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        problems.Require(
            trainingRows >= 2,
            $"'saq' has {trainingRows} rows to learn components from. Give it at least 2, and rather 10 a coordinate."
        );
    }

    // A length and a factor beside the bits; further factors are taken from the bits.
    /// <inheritdoc />
    public override int CodeBytes(int dimension) => (((int)Math.Floor(Bits * dimension) + 7) / 8) + (2 * sizeof(float));

    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows) =>
        PrincipalComponents.Bytes(dimension) + (16L * dimension * dimension);

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(with);
        return SaqTraining.Train(rows, this, with);
    }

    private static SaqSettings Read(SettingValues values)
    {
        var settings = new SaqSettings(
            values.Number("bits", 4, 0.1, 8),
            values.Integer("segments", 8, 1, 64),
            values.Integer("rounds", 6, 0, 100)
        );
        values.Done();
        return settings;
    }
}
