using System.Globalization;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Lvq;

/// <summary>What <c>lvq</c> can be told.</summary>
/// <param name="Bits">Bits a coordinate, 1 to 8.</param>
public sealed record LvqSettings(int Bits) : QuantiserSettings
{
    private const string Name = "lvq";

    /// <summary>As the catalogue lists it.</summary>
    public static QuantiserMethod InCatalogue { get; } =
        new(
            Name,
            "Locally adaptive quantisation: each row's own range cut into even steps.",
            [("bits", "Bits a coordinate, 1 to 8; beside them a row takes 8 bytes (8).")],
            Read,
            LvqQuantiser.Load
        );

    /// <inheritdoc />
    public override string Method => Name;

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Values =>
        [("bits", Bits.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc />
    public override string Label => $"LVQ {Bits}";

    /// <inheritdoc />
    public override void Check(int dimension, long trainingRows, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        problems.Require(trainingRows >= 1, "'lvq' has no rows to learn a mean from. Give it at least 1.");
    }

    /// <inheritdoc />
    public override int CodeBytes(int dimension) => LvqQuantiser.BytesOf(dimension, Bits);

    /// <inheritdoc />
    public override long TrainingBytes(int dimension, long trainingRows) =>
        VectorBlocks.MeanBytes(dimension, trainingRows);

    /// <inheritdoc />
    public override Quantiser Train(VectorSet rows, Training with)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(with);
        return new LvqQuantiser(rows.Mean(with.Threads, with.Stop), Bits);
    }

    private static LvqSettings Read(SettingValues values)
    {
        var settings = new LvqSettings(values.Integer("bits", 8, 1, 8));
        values.Done();
        return settings;
    }
}
