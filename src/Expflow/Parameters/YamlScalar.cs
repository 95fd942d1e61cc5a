using System.Globalization;

namespace Expflow.Parameters;

/// <summary>What an unquoted YAML scalar means by the core schema of YAML 1.2 (section 10.3.2 of the specification).</summary>
/// <remarks>
/// <c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, <c>1_000</c> and <c>12:30</c> are text, as people mean them; <c>1e-3</c>, <c>.5</c>, <c>0x1F</c>,
/// <c>0o17</c>, <c>.inf</c> and <c>.nan</c> are numbers.
/// </remarks>
public static class YamlScalar
{
    /// <summary>The value, or null for <c>null</c>, <c>~</c> and nothing at all.</summary>
    public static ParameterValue? Read(string plain) =>
        plain switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => ParameterValue.Of(true),
            "false" or "False" or "FALSE" => ParameterValue.Of(false),
            ".nan" or ".NaN" or ".NAN" => ParameterValue.Of(double.NaN),
            ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => ParameterValue.Of(double.PositiveInfinity),
            "-.inf" or "-.Inf" or "-.INF" => ParameterValue.Of(double.NegativeInfinity),
            _ => Radix(plain) ?? Decimal(plain) ?? ParameterValue.Of(plain),
        };

    private static ParameterValue? Radix(string plain)
    {
        if (plain is not ['0', 'x' or 'o', _, ..])
            return null;
        var digits = plain.AsSpan(2);
        if (plain[1] == 'x')
            return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? Whole(hex)
                : null;
        if (digits.ContainsAnyExceptInRange('0', '7') || digits.Length > 21)
            return null;
        var octal = 0UL;
        foreach (var digit in digits)
            octal = (octal << 3) | (uint)(digit - '0');
        return Whole(octal);
    }

    private static ParameterValue Whole(ulong bits) =>
        bits <= long.MaxValue ? ParameterValue.Of((long)bits) : ParameterValue.Of((double)bits);

    private static ParameterValue? Decimal(string plain)
    {
        if (!LooksDecimal(plain, out var whole))
            return null;
        if (whole && long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return ParameterValue.Of(integer);
        return ParameterValue.Of(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    // [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
    private static bool LooksDecimal(string text, out bool whole)
    {
        var at = text is ['-' or '+', ..] ? 1 : 0;
        var digits = Digits(text, ref at);
        whole = true;
        if (at < text.Length && text[at] == '.')
        {
            whole = false;
            at++;
            digits += Digits(text, ref at);
        }
        if (digits == 0)
            return false;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            whole = false;
            at++;
            if (at < text.Length && text[at] is '-' or '+')
                at++;
            if (Digits(text, ref at) == 0)
                return false;
        }
        return at == text.Length;
    }

    private static int Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at - start;
    }
}
