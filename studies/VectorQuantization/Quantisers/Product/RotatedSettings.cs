using System.Globalization;
using VectorQuantization.Clustering;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>What <c>opq</c> can be told.</summary>
/// <param name="Product">Of the product quantiser behind the rotation.</param>
/// <param name="Start">The rotation that learning starts from: <c>eigen</c>, <c>identity</c> or <c>random</c>.</param>
/// <param name="Rounds">How often the rotation is learnt anew from the codes; 0 keeps the start.</param>
public sealed record RotatedSettings(ProductSettings Product, string Start, int Rounds) : QuantiserSettings
{
    /// <summary>The method as the catalogue has it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            "opq",
            "Optimised product quantisation: PQ behind a rotation that is learnt with it.",
            [
                .. ProductSettings.Meanings,
                (
                    "start",
                    "The rotation to start from: eigen (principal axes, dealt out to parts of equal variance), identity (never "
                        + "worse than pq on the training rows) or random (eigen)."
                ),
                ("rounds", "Turns of codes and rotation, 0 to 1000 (20)."),
            ],
            Read,
            RotatedQuantiser.Load
        );

    /// <inheritdoc />
    public override string Method => "opq";

    /// <inheritdoc />
    public override string Label => $"O{Product.Label}";

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [.. Product.Values, ("start", Start), ("rounds", Rounds.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Reads the user's settings.</summary>
    public static RotatedSettings Read(SettingValues values)
    {
        var read = new RotatedSettings(
            ProductSettings.Parse(values),
            values.Choice("start", "eigen", "identity", "random"),
            values.Integer("rounds", 20, 0, 1000)
        );
        values.Done();
        return read;
    }

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems) =>
        Product.Check(dimension, trainingRows, problems);

    /// <inheritdoc />
    public override int CodeBytes(int dimension) => Product.CodeBytes(dimension);

    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows)
    {
        var rows = Math.Min(trainingRows, Product.Clustering.MostRows);
        return Product.TrainingBytes(dimension, trainingRows)
            // The rows twice, and about as much again that the rounds leave behind before it is collected.
            + (2 * RowTiles.Bytes(rows, dimension))
            + PrincipalComponents.Bytes(dimension);
    }

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with)
    {
        using var training = new RotationTraining(this, rows, with);
        return training.Learn();
    }
}
