using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Problems;
using Expflow.Schemas;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow schema</c>: the JSON Schema by which editors complete and check experiment files.</summary>
internal sealed class SchemaCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var project = new Option<bool>("--project") { Description = "The schema of expflow.yaml instead." };
        var file = new Option<string?>("--out") { Description = "Write it to a file.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "With --out: tell what was written as JSON." };
        var command = new Command(
            "schema",
            "Print the JSON Schema of experiment files, for editors.\n\nExample: expflow schema --out expflow.schema.json"
        )
        {
            project,
            file,
            json,
        };
        command.SetAction(parsed =>
            new SchemaCommand(with).Run(
                parsed.GetValue(project) ? ExperimentSchema.Project : ExperimentSchema.Experiment,
                parsed.GetValue(file),
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private int Run(string schema, string? file, bool json)
    {
        if (file is null)
        {
            with.Terminal.Out.Write(schema);
            return ExitCode.Done;
        }
        try
        {
            File.WriteAllText(Path.Combine(with.Folder, file), schema);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return with.Terminal.Fail(new Problem($"'{file}' can't be written: {refused.Message}"));
        }
        if (json)
            JsonOutput.Print(
                with.Terminal,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("file", file);
                    writer.WriteEndObject();
                }
            );
        else
            with.Terminal.Line(
                $"Wrote '{file}'. Name it in a YAML file's first line: # yaml-language-server: $schema={file}"
            );
        return ExitCode.Done;
    }
}
