using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Levels for each coordinate by themselves.</summary>
internal static class LevelTables
{
    /// <summary>2^<paramref name="bits"/> ascending levels a coordinate, one coordinate after the other.</summary>
    public static float[] Train(VectorSet rows, int bits, LevelPlacement placement, Training with) =>
        placement == LevelPlacement.Gaussian ? Gaussian(rows, bits, with) : LeastError(rows, bits, with);

    private static float[] Gaussian(VectorSet rows, int bits, Training with)
    {
        var unit = GaussianLevels.Of(bits).Levels;
        var (mean, deviation) = ColumnRanges.MeanAndDeviation(rows, with);
        var tables = new float[rows.Dimension << bits];
        for (var i = 0; i < tables.Length; i++)
            tables[i] = (float)(mean[i >> bits] + (deviation[i >> bits] * unit[i & (unit.Length - 1)]));
        return tables;
    }

    private static float[] LeastError(VectorSet rows, int bits, Training with)
    {
        var tables = new float[rows.Dimension << bits];
        ColumnSample.ForEachSorted(
            rows,
            with,
            (coordinate, sorted) => LloydLevels.Fit(sorted, tables.AsSpan(coordinate << bits, 1 << bits))
        );
        return tables;
    }
}
