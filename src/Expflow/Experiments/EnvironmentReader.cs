using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>Reads <c>environment</c>.</summary>
internal static class EnvironmentReader
{
    public static EnvironmentSpec Read(DocumentNode.Map map, TemplateScope scope, List<Problem> problems)
    {
        var reader = new MapReader(map, ExperimentKeys.Environment, problems);
        return new()
        {
            Modules = [.. (reader.Texts("modules") ?? []).Select(module => module.Text)],
            Setup = [.. (reader.Texts("setup") ?? []).SelectMany(Lines)],
            Conda = reader.Text("conda"),
            Venv = reader.Text("venv"),
            Container = ContainerReader.Read(reader),
            Mps = reader.Truth("mps") ?? false,
            Variables = Variables(reader, scope),
        };
    }

    private static IEnumerable<string> Lines(DocumentNode.Scalar setup) => setup.Text.TrimEnd('\n').Split('\n');

    private static List<KeyValuePair<string, CommandTemplate>> Variables(MapReader reader, TemplateScope scope)
    {
        var variables = new List<KeyValuePair<string, CommandTemplate>>();
        foreach (var (name, source, node) in reader.MapOf("variables")?.Entries ?? [])
        {
            if (!Names.IsVariable(name))
                reader.Problems.Add(
                    source.Problem($"'{name}' is no name for an environment variable. Use letters, digits and '_'.")
                );
            else if (name.StartsWith("EXPFLOW_", StringComparison.Ordinal))
                reader.Problems.Add(source.Problem($"'{name}' belongs to Expflow. Choose another name."));
            else if (node is not DocumentNode.Scalar scalar)
                reader.Wrong(node, $"'{name}' takes a text; this is {node.Kind}.");
            else if (TemplateReading.Plain(scalar, scope, reader.Problems) is { } value)
                variables.Add(new(name, value));
        }
        return variables;
    }
}

/// <summary>Parses templates that stand in a file.</summary>
internal static class TemplateReading
{
    public static CommandTemplate? Plain(DocumentNode.Scalar scalar, TemplateScope scope, List<Problem> problems) =>
        Taken(
            Parser(scalar, scope)
                .ParsePlain(scalar.Value is ParameterValue.Boolean truth ? truth.Display : scalar.Text),
            scalar,
            problems
        );

    public static CommandTemplate? Command(DocumentNode.Scalar scalar, TemplateScope scope, List<Problem> problems) =>
        Taken(Parser(scalar, scope).ParseCommand(scalar.Text), scalar, problems);

    private static TemplateParser Parser(DocumentNode.Scalar scalar, TemplateScope scope) =>
        new(scope, offset => scalar.SourceAt(offset) is ValueSource.File file ? file.Place : null);

    private static CommandTemplate? Taken(
        Checked<CommandTemplate> template,
        DocumentNode.Scalar scalar,
        List<Problem> problems
    )
    {
        if (template.TryGet(out var good))
            return good;
        problems.AddRange(
            template.Problems.Select(problem => problem.Place is null ? scalar.Source.Problem(problem.Text) : problem)
        );
        return null;
    }
}
