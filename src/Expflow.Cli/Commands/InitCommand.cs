using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Detection;
using Expflow.Projects;
using Expflow.Scaffolds;
using Expflow.Schemas;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow init</c>: makes the folder that the user stands in a project.</summary>
internal sealed class InitCommand(Composition with)
{
    // Nobody waits long for a comment.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Create(Composition with)
    {
        var json = SharedOptions.Json();
        var command = new Command(
            "init",
            "Make this folder a project. On a cluster its partitions are noted in 'expflow.yaml', as comments. Overwrites nothing.\n\nExample: mkdir study && cd study && git init && expflow init"
        )
        {
            json,
        };
        command.SetAction(async (parsed, _) => await new InitCommand(with).Run(parsed.GetValue(json)));
        return command;
    }

    private async Task<int> Run(bool json)
    {
        var above = Path.GetDirectoryName(with.Folder) is { } parent ? ProjectFolder.Find(parent) : null;
        var scaffold = new ProjectScaffold(with.Folder);
        var cluster = scaffold.IsThere ? null : await EnvCommand.Survey(with, Patience).LookAtClusterAsync();
        var written = scaffold.Write(
            ExperimentSchema.Experiment,
            cluster is null ? [] : ClusterComment.Of(cluster, with.Time.GetLocalNow())
        );
        if (!written.TryGet(out var outcome))
            return with.Terminal.Fail(written.Problems);
        if (above is not null && outcome.Made.Contains(ProjectFolder.FileName))
            with.Terminal.Warn(
                $"'{above.Root}' is a project too. What stands in this folder belongs to this one from now on."
            );
        if (json)
            Print(outcome, cluster);
        else
            Show(outcome, cluster);
        return ExitCode.Done;
    }

    private void Show(ProjectScaffold.Outcome outcome, ClusterSight? cluster)
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
        if (cluster is not null)
            with.Terminal.Line(
                $"Cluster '{cluster.Configuration.ClusterName}': its {DecisionText.Count(cluster.Partitions.Count, "partition")} stand as comments in '{ProjectFolder.FileName}'. 'expflow partitions' tells which are open to you."
            );
        with.Terminal.Line($"'{with.Folder}' is a project. Next: expflow new NAME");
    }

    private void Print(ProjectScaffold.Outcome outcome, ClusterSight? cluster) =>
        JsonOutput.Print(
            with.Terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("project", with.Folder);
                json.WriteString("cluster", cluster?.Configuration.ClusterName);
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
