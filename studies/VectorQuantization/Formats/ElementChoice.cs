using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>Which of several tables in one file is meant.</summary>
internal static class ElementChoice
{
    /// <summary>The one asked for; else the first preferred that is there; else the only one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">What it holds.</param>
    /// <param name="settings">What is asked for and preferred.</param>
    /// <param name="what">What they are called: members, data sets, columns.</param>
    /// <exception cref="BadInputException">None such, or several and no telling.</exception>
    public static string Pick(string path, IReadOnlyList<string> names, OpenSettings settings, string what)
    {
        var held = names.Count == 0 ? $"It has no {what} of vectors." : $"It has {string.Join(", ", names)}.";
        if (settings.Element is { } asked)
            return names.Contains(asked)
                ? asked
                : throw new BadInputException($"'{path}' has no '{asked}' among its {what}. {held}");
        if (settings.Preferred.FirstOrDefault(names.Contains) is { } usual)
            return usual;
        if (names.Count == 1)
            return names[0];
        throw new BadInputException(
            names.Count == 0
                ? $"'{path}': {held}"
                : $"'{path}' holds several {what}. {held} Name one: '{path}:{names[0]}'."
        );
    }
}
