using Expflow.Parameters;

namespace Expflow.Templates;

/// <summary>What goes into the placeholders of one run's command.</summary>
public sealed record TemplateValues
{
    /// <summary>The run's parameters.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>The run's identity, 16 hexadecimal digits.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's own folder, absolute.</summary>
    public required string RunFolder { get; init; }

    /// <summary>The code that the run executes from, absolute.</summary>
    public required string CodeFolder { get; init; }

    /// <summary>The project, absolute.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The JSON file with the run's parameters, absolute.</summary>
    public required string ParametersFile { get; init; }

    /// <summary>The run folders of a needed stage, absolute; several for a stage that gathers.</summary>
    public Func<string, IReadOnlyList<string>> StageFolders { get; init; } = _ => [];

    // The values of a placeholder: exactly one but for {flags}, {overrides} and the folders of a stage.
    internal IEnumerable<string> Of(Placeholder placeholder) =>
        placeholder switch
        {
            Placeholder.Parameter parameter => [Parameters[parameter.Name].Display],
            Placeholder.StageFolder upstream => StageFolders(upstream.Stage),
            Placeholder.Known known => known.Word switch
            {
                KnownPlaceholder.RunFolder => [RunFolder],
                KnownPlaceholder.RunId => [RunId],
                KnownPlaceholder.CodeFolder => [CodeFolder],
                KnownPlaceholder.ProjectFolder => [ProjectFolder],
                KnownPlaceholder.ParametersFile => [ParametersFile],
                KnownPlaceholder.Overrides => Parameters.Pairs().Select(pair => $"{pair.Key}={pair.Value.Display}"),
                _ => Parameters.Pairs().SelectMany(Flag),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static IEnumerable<string> Flag(KeyValuePair<string, ParameterValue> pair) =>
        pair.Value is ParameterValue.List list
            ? [$"--{pair.Key}", .. list.Items.Select(item => item.Display)]
            : [$"--{pair.Key}", pair.Value.Display];
}
