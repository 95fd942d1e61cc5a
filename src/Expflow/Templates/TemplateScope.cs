namespace Expflow.Templates;

/// <summary>What a command may name.</summary>
/// <param name="Parameters">All parameters, fixed and swept.</param>
/// <param name="Upstream">Stages that the command's stage needs, directly or through others.</param>
/// <param name="Stages">All stages, so that a message can say what is missing from <c>needs</c>.</param>
public sealed record TemplateScope(
    IReadOnlyCollection<string> Parameters,
    IReadOnlyCollection<string> Upstream,
    IReadOnlyCollection<string> Stages
)
{
    /// <summary>The words between braces that are always known, and what each means.</summary>
    public static readonly IReadOnlyDictionary<string, KnownPlaceholder> Words = new Dictionary<
        string,
        KnownPlaceholder
    >(StringComparer.Ordinal)
    {
        ["run.dir"] = KnownPlaceholder.RunFolder,
        ["run.id"] = KnownPlaceholder.RunId,
        ["code.dir"] = KnownPlaceholder.CodeFolder,
        ["project.dir"] = KnownPlaceholder.ProjectFolder,
        ["flags"] = KnownPlaceholder.Flags,
        ["overrides"] = KnownPlaceholder.Overrides,
        ["parameters"] = KnownPlaceholder.ParametersFile,
    };

    internal Placeholder? Find(string name)
    {
        if (Words.TryGetValue(name, out var word))
            return new Placeholder.Known(word);
        if (Parameters.Contains(name))
            return new Placeholder.Parameter(name);
        return StageOf(name) is { } stage && Upstream.Contains(stage) ? new Placeholder.StageFolder(stage) : null;
    }

    internal string WhyNot(string name)
    {
        if (StageOf(name) is { } stage && Stages.Contains(stage))
            return $"'{{{name}}}' is the folder of a stage that this one doesn't need. Add '{stage}' to 'needs'.";
        var known = Parameters.Concat(Words.Keys).Concat(Upstream.Select(upstream => $"{upstream}.dir"));
        return Problems.Suggestion.For(name, known) is { } near
            ? $"'{{{name}}}' is not defined. Did you mean '{{{near}}}'?"
            : $"'{{{name}}}' is not defined. Add '{name}' to 'parameters' or to the sweep, or write '{{{{{name}}}}}' for the braces themselves.";
    }

    private static string? StageOf(string name) =>
        name.EndsWith(".dir", StringComparison.Ordinal) ? name[..^".dir".Length] : null;
}
