using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Projects;
using Expflow.Scaffolds;
using Expflow.Schemas;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow init</c>: makes the folder that the user stands in a project.</summary>
internal sealed class InitCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var json = SharedOptions.Json();
        var command = new Command(
            "init",
            "Make this folder a project. Overwrites nothing.\n\nExample: mkdir study && cd study && git init && expflow init"
        )
        {
            json,
        };
        command.SetAction(parsed => new InitCommand(with).Run(parsed.GetValue(json)));
        return command;
    }

    private int Run(bool json)
    {
        var above = Path.GetDirectoryName(with.Folder) is { } parent ? ProjectFolder.Find(parent) : null;
        var written = new ProjectScaffold(with.Folder).Write(ExperimentSchema.Experiment);
        if (!written.TryGet(out var outcome))
            return with.Terminal.Fail(written.Problems);
        if (above is not null && outcome.Made.Contains(ProjectFolder.FileName))
            with.Terminal.Warn(
                $"'{above.Root}' is a project too. What stands in this folder belongs to this one from now on."
            );
        if (json)
            Print(outcome);
        else
            Show(outcome);
        return ExitCode.Done;
    }

    private void Show(ProjectScaffold.Outcome outcome)
    {
        foreach (var file in outcome.Made)
            with.Terminal.Line($"  made     {file}");
        foreach (var file in outcome.Changed)
            with.Terminal.Line($"  changed  {file}");
        if (outcome.Made.Count + outcome.Changed.Count == 0)
        {
            with.Terminal.Line($"'{with.Folder}' is a project already; nothing was changed.");
            return;
        }
        foreach (var file in outcome.Kept)
            with.Terminal.Line($"  kept     {file}");
        with.Terminal.Line();
        with.Terminal.Line($"'{with.Folder}' is a project. Next: expflow new NAME");
    }

    private void Print(ProjectScaffold.Outcome outcome) =>
        JsonOutput.Print(
            with.Terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("project", with.Folder);
                foreach (
                    var (name, files) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)
                        [("made", outcome.Made), ("changed", outcome.Changed), ("kept", outcome.Kept)]
                )
                {
                    json.WriteStartArray(name);
                    foreach (var file in files)
                        json.WriteStringValue(file);
                    json.WriteEndArray();
                }
                json.WriteEndObject();
            }
        );
}
