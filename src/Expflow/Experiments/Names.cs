namespace Expflow.Experiments;

/// <summary>What names may be made of.</summary>
internal static class Names
{
    public const int Longest = 64;

    /// <summary>Experiments, stages and pipelines: their names become folders.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= Longest
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Parameters: their names stand between braces.</summary>
    public static bool IsParameter(string name) =>
        name.Length is > 0 and <= Longest
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    public static string WhyNot(string what, string name) =>
        $"'{name}' is no name for {what}. Use letters, digits, '_', '.' and '-', {Longest} at most, and begin with a letter or digit.";

    public static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
