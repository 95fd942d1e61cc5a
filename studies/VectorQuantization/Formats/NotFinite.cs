using System.Globalization;
using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>The problem of a coordinate without a distance to anything.</summary>
internal static class NotFinite
{
    public static BadInputException At(string origin, long row, int column, float value) =>
        new(
            $"'{origin}': row {row} holds {value.ToString(CultureInfo.InvariantCulture)} at coordinate {column} (both counted from 0), "
                + "which is no number to measure distances with. Remove or repair such rows before they come here."
        );
}
