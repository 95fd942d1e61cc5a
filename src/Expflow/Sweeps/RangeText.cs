using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Expflow.Parameters;

namespace Expflow.Sweeps;

/// <summary>Ranges as people write them: <c>0..4</c> has both ends, <c>0..10 step 2</c>, <c>0.1..0.5 step 0.1</c>, <c>4..0 step -1</c>.</summary>
public static class RangeText
{
    /// <summary>The most values that one range may have.</summary>
    public const int MostValues = 10_000_000;

    /// <summary>Whether the text has the shape of a range, good or not.</summary>
    public static bool IsRange(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots > 0 && TryNumber(text.AsSpan(0, dots), out _) && StartsWithNumber(text.AsSpan(dots + 2));
    }

    /// <summary>The values; or what is wrong with the range.</summary>
    public static bool TryRead(
        string text,
        [NotNullWhen(true)] out IReadOnlyList<ParameterValue>? values,
        [NotNullWhen(false)] out string? wrong
    )
    {
        values = null;
        wrong = $"'{text}' is no range. Ranges are written 0..4, 0..10 step 2, or 0.1..0.5 step 0.1.";
        if (!TryParts(text, out var low, out var high, out var step, out var stepped))
            return false;
        if (!stepped && (!decimal.IsInteger(low) || !decimal.IsInteger(high)))
            wrong = $"'{text}' has no step. Write '{text} step 0.1', or the values in a list.";
        else if (step == 0)
            wrong = $"'{text}' has a step of 0. Give it another.";
        else if (low != high && step > 0 != high > low)
            wrong =
                $"'{text}' goes the wrong way: from {low} by {step} never reaches {high}. Write '{low}..{high} step {-step}'.";
        else if ((high - low) / step >= MostValues)
            wrong =
                $"'{text}' has {decimal.Floor((high - low) / step) + 1} values; at most {MostValues} are possible. Give it a larger step.";
        else
            values = Values(low, high, step);
        return values is not null;
    }

    /// <summary>The ends and the step, by default 1.</summary>
    internal static bool TryParts(string text, out decimal low, out decimal high, out decimal step, out bool stepped)
    {
        (low, high, step, stepped) = (0, 0, 1, false);
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots <= 0)
            return false;
        var rest = text.AsSpan(dots + 2);
        var word = rest.IndexOf(" step ", StringComparison.Ordinal);
        stepped = word >= 0;
        return TryNumber(text.AsSpan(0, dots), out low)
            && TryNumber(stepped ? rest[..word] : rest, out high)
            && (!stepped || TryNumber(rest[(word + " step ".Length)..], out step));
    }

    private static List<ParameterValue> Values(decimal low, decimal high, decimal step)
    {
        // Decimal arithmetic: 0.1..0.5 step 0.1 has 0.3 in it, not 0.30000000000000004.
        var count = (int)((high - low) / step) + 1;
        var values = new List<ParameterValue>(count);
        for (var i = 0; i < count; i++)
        {
            var value = low + (i * step);
            values.Add(
                decimal.IsInteger(value) && Math.Abs(value) <= long.MaxValue
                    ? ParameterValue.Of((long)value)
                    : ParameterValue.Of(
                        double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                    )
            );
        }
        return values;
    }

    private static bool StartsWithNumber(ReadOnlySpan<char> text) =>
        text.TrimStart() is [>= '0' and <= '9', ..] or ['-' or '+' or '.', >= '0' and <= '9', ..];

    // Within ±1e15, so that no sum of them overflows.
    private static bool TryNumber(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) <= 1_000_000_000_000_000m;
}
