using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Planning;
using Expflow.Runs;
using Expflow.Templates;

namespace Expflow.Cli.Commands;

/// <summary>The exact commands of planned runs, before anything is submitted.</summary>
internal sealed class PlannedCommands(ExperimentInput.Planned planned)
{
    /// <summary>What stands in a command for the frozen code, whose name is not known before.</summary>
    public const string Snapshot = "SNAPSHOT";

    private Dictionary<RunId, PlannedRun>? byId;

    /// <summary>True when a command that was asked for names the frozen code.</summary>
    public bool NamesSnapshot { get; private set; }

    /// <summary>The command as the shell gets it.</summary>
    public string CommandOf(PlannedRun run)
    {
        NamesSnapshot |= planned.Experiment.Snapshot && NamesCode(run.Stage);
        var folder = FolderOf(run);
        return run
            .Stage.Command.Render(
                new()
                {
                    Parameters = run.Parameters,
                    RunId = run.Id.ToString(),
                    RunFolder = folder,
                    CodeFolder = planned.Experiment.Snapshot ? Snapshot : planned.Project.Root,
                    ProjectFolder = planned.Project.Root,
                    ParametersFile = AttemptFolder.ParametersOf(folder),
                    StageFolders = stage => [.. Upstream(run, stage).Distinct().Select(FolderOf)],
                }
            )
            .TrimEnd();
    }

    private static bool NamesCode(Stage stage) =>
        stage
            .Command.Pieces.OfType<TemplatePiece.Value>()
            .Any(piece => piece.Placeholder is Placeholder.Known { Word: KnownPlaceholder.CodeFolder });

    private string FolderOf(PlannedRun run) => Path.Combine(planned.Project.Runs, planned.Plan.FolderOf(run));

    // Stages further up count too: a command may name what its upstream needed.
    private IEnumerable<PlannedRun> Upstream(PlannedRun run, string stage)
    {
        byId ??= planned.Plan.Runs.Concat(planned.Plan.Assumed).ToDictionary(each => each.Id);
        foreach (var need in run.Needs.Select(id => byId[id]))
            if (need.Stage.Name == stage)
                yield return need;
            else
                foreach (var further in Upstream(need, stage))
                    yield return further;
    }
}
