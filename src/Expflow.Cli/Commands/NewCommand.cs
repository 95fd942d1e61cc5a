using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Scaffolds;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow new</c>: an experiment file to begin with.</summary>
internal sealed class NewCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var name = new Argument<string>("name") { Description = "The experiment's name." };
        var template = new Option<string>("--template")
        {
            Description = $"What to begin with: {string.Join(", ", ExperimentScaffold.Templates)}.",
            DefaultValueFactory = _ => ExperimentScaffold.Templates[0],
        };
        template.CompletionSources.Add([.. ExperimentScaffold.Templates]);
        var description = new Option<string?>("--description") { Description = "What it is about." };
        var tag = new Option<string[]>("--tag") { Description = "A word to find it by. May be given several times." };
        var json = SharedOptions.Json();
        var command = new Command(
            "new",
            "Write a new experiment file from a template.\n\nExample: expflow new digits --template stages --tag pilot"
        )
        {
            name,
            template,
            description,
            tag,
            json,
        };
        command.SetAction(parsed =>
            new NewCommand(with).Run(
                new()
                {
                    Name = parsed.GetValue(name)!,
                    Template = parsed.GetValue(template)!,
                    Description = parsed.GetValue(description),
                    Tags = parsed.GetValue(tag) ?? [],
                },
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private int Run(ExperimentScaffold wanted, bool json)
    {
        var found = with.FindProject();
        if (!found.TryGet(out var project))
            return with.Terminal.Fail(found.Problems);
        var folder = Path.Combine(project.Root, ExperimentFiles.Folder);
        var schema = Path.Combine(project.Root, ProjectScaffold.SchemaFile);
        var text = (wanted with { Schema = File.Exists(schema) ? Path.GetRelativePath(folder, schema) : null }).Text();
        if (!text.TryGet(out var content))
            return with.Terminal.Fail(text.Problems);
        var path = Path.Combine(folder, wanted.Name + ".yaml");
        return Write(path, content) is { } problem ? with.Terminal.Fail(problem) : Tell(project, path, wanted, json);
    }

    private Problem? Write(string path, string content)
    {
        if (Path.Exists(path))
            return new($"'{Shown(path)}' is there already, and stays as it is. Choose another name, or edit the file.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Whoever makes the file between the question and now wins too.
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(content);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new($"'{Shown(path)}' can't be written: {refused.Message}");
        }
    }

    private int Tell(ProjectFolder project, string path, ExperimentScaffold made, bool json)
    {
        if (json)
        {
            JsonOutput.Print(
                with.Terminal,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("experiment", made.Name);
                    writer.WriteString("template", made.Template);
                    writer.WriteString("file", path);
                    writer.WriteString("project", project.Root);
                    writer.WriteEndObject();
                }
            );
            return ExitCode.Done;
        }
        var shown = Shown(path);
        with.Terminal.Line($"Made '{shown}'. Put your command into it, then:");
        foreach (var next in (ReadOnlySpan<string>)["check", "plan", "run"])
            with.Terminal.Line($"  expflow {next} {shown}");
        return ExitCode.Done;
    }

    private string Shown(string path) => Path.GetRelativePath(with.Folder, path);
}
