using System.Globalization;
using Expflow.Tables;

namespace Expflow.Cli.Screens;

/// <summary>Numbers as screens show them: as many digits as tell something.</summary>
internal static class Figures
{
    /// <summary>What stands where there is nothing.</summary>
    public const string Nothing = "-";

    /// <summary>Four significant digits, whole numbers in full: <c>0.2134</c>, <c>1797</c>, <c>1.2e-05</c>, <c>nan</c>.</summary>
    public static string Of(double? value) =>
        value switch
        {
            null => Nothing,
            { } number when !double.IsFinite(number) => NumberText.Of(number),
            { } number when double.IsInteger(number) && Math.Abs(number) < 1e15 => number.ToString(
                "0",
                CultureInfo.InvariantCulture
            ),
            { } number when Math.Abs(number) is >= 1e-4 and < 1e6 => number.ToString(
                "0." + new string('#', Decimals(number, 4)),
                CultureInfo.InvariantCulture
            ),
            { } number => number.ToString("0.###e+00", CultureInfo.InvariantCulture),
        };

    /// <summary>Mean and deviation to the digits that the deviation allows: <c>0.9630 ± 0.0042</c>; how many values were not finite, where some were.</summary>
    public static string Of(Aggregate values)
    {
        var lost = values.NonFinite == 0 ? "" : $" ({values.NonFinite} not finite)";
        if (values.Mean is not { } mean)
            return values.NonFinite == 0 ? Nothing : $"not finite ({values.NonFinite})";
        if (values.Sd is not { } sd)
            return Of(mean) + lost;
        if (sd == 0 || Math.Max(Math.Abs(mean), sd) is >= 1e6 or < 1e-4)
            return $"{Of(mean)} ± {Of(sd)}{lost}";
        var digits = "F" + Math.Min(Decimals(sd, 2), 8).ToString(CultureInfo.InvariantCulture);
        return $"{mean.ToString(digits, CultureInfo.InvariantCulture)} ± {sd.ToString(digits, CultureInfo.InvariantCulture)}{lost}";
    }

    /// <summary>A cell of any column.</summary>
    public static string Of(Column column, int row) =>
        column is NumberColumn numbers ? Of(numbers.Values[row]) : column.Text(row) ?? Nothing;

    /// <summary>The cells of a whole column, with equally many decimals so that they can be compared by eye.</summary>
    public static string[] Of(Column column)
    {
        string[] cells = [.. Enumerable.Range(0, column.Count).Select(row => Of(column, row))];
        if (column is not NumberColumn numbers || cells.Any(cell => cell.Contains('e', StringComparison.Ordinal)))
            return cells;
        var decimals = cells.Max(cell =>
            cell.IndexOf('.', StringComparison.Ordinal) is var dot && dot < 0 ? 0 : cell.Length - dot - 1
        );
        return
        [
            .. cells.Select(
                (cell, row) =>
                    numbers.Values[row] is { } value && double.IsFinite(value)
                        ? value.ToString(
                            "F" + decimals.ToString(CultureInfo.InvariantCulture),
                            CultureInfo.InvariantCulture
                        )
                        : cell
            ),
        ];
    }

    /// <summary>Means and deviations of a whole column, each ± below the other.</summary>
    public static string[] Of(IEnumerable<Aggregate> column)
    {
        const string Sign = " ± ";
        string[] cells = [.. column.Select(Of)];
        var tail = cells.Max(cell => TailOf(cell).Length);
        return [.. cells.Select(cell => cell + new string(' ', tail - TailOf(cell).Length))];

        static string TailOf(string cell) =>
            cell.IndexOf(Sign, StringComparison.Ordinal) is var at && at < 0 ? "" : cell[at..];
    }

    /// <summary>A number of things: <c>10,000</c>.</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A parameter's value as people write it, in full: <c>1e-5</c> rather than <c>1E-05</c>.</summary>
    public static string Exact(Column column, int row) =>
        column is NumberColumn { Values: var values } && values[row] is { } number
            ? Parameters.ParameterValue.Of(number).Display
            : column.Text(row) ?? Nothing;

    /// <summary>Bytes with a unit: <c>512 B</c>, <c>1.5 MB</c>; units are powers of 1024.</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 1024)
            return $"{bytes} B";
        var (size, unit) = ((double)bytes, -1);
        while (size >= 1024 && unit < 3)
            (size, unit) = (size / 1024, unit + 1);
        return $"{size.ToString(size < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} {"KMGT"[unit]}B";
    }

    // Decimals that leave this many significant digits.
    private static int Decimals(double number, int significant) =>
        number == 0 ? 0 : Math.Max(0, significant - 1 - (int)Math.Floor(Math.Log10(Math.Abs(number))));
}
